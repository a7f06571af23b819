/**
 * What the engine and its whiteboard say to the log.
 *
 * <p><b>Contract.</b> Saying something neither waits nor throws, whatever the log, the disk behind it and the heap are
 * like; what a bundle, a peer or a file name brings into a line cannot end that line, nor change how it is shown; and what
 * was not said is counted, which is said. Only this package knows SLF4J.
 *
 * <p><b>Thread.</b> Any thread says something. {@code LogThread}, a daemon, is the one that waits for the log, while an
 * engine runs; while none runs, whoever says something writes it.
 *
 * <p><b>May not know</b> anything else of the engine.
 */
@NullMarked
package org.tonyreactor.internal.engine.log;

import org.jspecify.annotations.NullMarked;
