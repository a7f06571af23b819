/**
 * One thread: its multiplexer, mail and timers.
 *
 * <p><b>Contract.</b> No call of a loop can end it. Code that a loop has called can be unloaded while the loop waits.
 *
 * <p><b>Thread.</b> The loop's own, checked by {@code EventLoop.assertOwner}; {@code post}, {@code offer} and {@code wake}
 * are for any thread: a proxy calls them, or an {@code Inbox}, which is the entry of a connection and, in
 * {@code UserTimers}, of one user's timers.
 *
 * <p><b>May not know</b> connections, factories or addresses.
 */
@NullMarked
package org.tonyreactor.internal.engine.loop;

import org.jspecify.annotations.NullMarked;
