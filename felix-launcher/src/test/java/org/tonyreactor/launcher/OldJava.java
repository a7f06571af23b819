package org.tonyreactor.launcher;

/** The launcher on a Java that says it is 11. Run as a process of its own. */
final class OldJava {
    private OldJava() {}

    public static void main(String[] args) throws Throwable {
        System.setProperty("java.specification.version", "11");
        Class.forName("org.tonyreactor.launcher.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }
}
