/**
 * The door into Gogo: every command is a service of its own under {@code osgi.command.scope=reactor}, with the name it
 * has in the other shells too. A Java method cannot have such a name, so the arguments are read here and not by Gogo's
 * reflection.
 *
 * <p>Threads: those of the shell and of the component runtime. Owner: {@code GogoShell}, which registers the services.
 */
@NullMarked
package org.tonyreactor.shell.gogo;

import org.jspecify.annotations.NullMarked;
