package org.tonyreactor.shell;

/** One command with its arguments, ready to run. */
public interface ShellCommand {
    /**
     * Does it.
     *
     * @param shell the services and bundles it may use
     * @return what to print
     * @throws CommandFailure when it cannot be done
     */
    Answer answer(ShellContext shell) throws CommandFailure;
}
