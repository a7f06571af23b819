package org.tonyreactor.it.felix;

/** The threads of all engines in this JVM. */
final class EngineThreads {
    private EngineThreads() {}

    static int count() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("reactor-"))
                .count();
    }
}
