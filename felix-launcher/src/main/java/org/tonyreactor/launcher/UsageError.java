package org.tonyreactor.launcher;

/** The command line asks for something the launcher does not know. */
final class UsageError extends Exception {
    private static final long serialVersionUID = 1L;

    UsageError(String message) {
        super(message);
    }
}
