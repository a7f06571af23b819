/**
 * Facts about the launcher. Names ending in {@code Test} run single classes; those ending in {@code IT} start the jar or
 * the distribution as a child process, on ports the system chooses, in homes that are thrown away.
 *
 * <p>Every child is ended by the test that started it, and every wait has a bound.
 */
@NullMarked
package org.tonyreactor.launcher;

import org.jspecify.annotations.NullMarked;
