/**
 * The door into the Karaf shell: an action for each command, which Karaf fills with what was typed. What a command does
 * is in {@code org.tonyreactor.shell}, which this bundle brings along.
 *
 * <p>Threads: those of the shell; Karaf makes an action anew for each run. Karaf sets the fields by reflection.
 */
@NullMarked
package org.tonyreactor.shell.karaf;

import org.jspecify.annotations.NullMarked;
