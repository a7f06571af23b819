package org.tonyreactor.benchmarks.comparison;

/**
 * A server on a JDK.
 *
 * @param contestant the server
 * @param jdk what it runs on, where it runs on Java
 */
record Entrant(Contestant contestant, Jdk jdk) {
    String name() {
        return contestant.name();
    }

    /** The version of its JDK, or {@link Sample#NO_JDK}. */
    String label() {
        return contestant.runsOnJava() ? jdk.version() : Sample.NO_JDK;
    }
}
