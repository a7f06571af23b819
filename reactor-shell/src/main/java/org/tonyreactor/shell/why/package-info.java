/**
 * Why a bundle's protocol is not live, and who would serve a port. Bundles, their wiring, their components and services
 * are asked in the order in which a protocol comes to life; the first that is in the way is the answer, and what is told
 * after it would only follow from it.
 *
 * <p>Threads: that of the shell. It only asks: nothing is started, resolved or changed to find out.
 */
@NullMarked
package org.tonyreactor.shell.why;

import org.jspecify.annotations.NullMarked;
