package org.tonyreactor.shell;

/** Numbers that users type. */
final class Numbers {
    private Numbers() {}

    /** A number from 0 up that names something. */
    static long id(String text, String what) throws CommandFailure {
        try {
            long id = Long.parseLong(text);
            if (id >= 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a negative one.
        }
        throw new CommandFailure(text + " is no " + what + ": write a number such as 12");
    }
}
