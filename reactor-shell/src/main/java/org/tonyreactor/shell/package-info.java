/**
 * What the operator's commands do, whichever shell they are typed into: each is a small record that reads snapshots from
 * the engine, or tells it something, and answers with text and with a value for JSON.
 *
 * <p>Threads: that of the shell. Owner: nobody, for nothing is kept from one run to the next; services are got when a
 * command runs and given back when it ends. The package knows no shell: those are its doors, {@code gogo} here and
 * {@code karaf} in a bundle of its own, which depend on it and never the other way.
 */
@NullMarked
package org.tonyreactor.shell;

import org.jspecify.annotations.NullMarked;
