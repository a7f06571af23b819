package org.tonyreactor.shell;

/**
 * A command cannot do what it was asked for. The message is one line that names the cause and, where there is one, the
 * remedy; it carries no stack trace, for the mistake is not in the code.
 */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public CommandFailure(String message) {
        super(TextWidth.oneLine(message), null, false, false);
    }

    /** The line alone: Gogo prints this text, and a class name before it tells nobody anything. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
