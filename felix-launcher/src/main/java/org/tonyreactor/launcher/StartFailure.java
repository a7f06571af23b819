package org.tonyreactor.launcher;

/** The server cannot serve. The message is one line that names the cause and the remedy. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String line;

    StartFailure(String message) {
        super(oneLine(message));
        line = oneLine(message);
    }

    /** The message. */
    String line() {
        return line;
    }

    /** What went wrong in {@code e}, in one line and never empty. */
    static String causeOf(Throwable e) {
        Throwable root = e;
        for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return oneLine(message == null || message.isBlank() ? root.getClass().getSimpleName() : message);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
