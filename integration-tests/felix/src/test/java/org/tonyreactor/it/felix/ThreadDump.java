package org.tonyreactor.it.felix;

import org.junit.rules.TestWatcher;
import org.junit.runner.Description;

/** Prints every thread when a test fails. */
class ThreadDump extends TestWatcher {
    @Override
    protected void failed(Throwable failure, Description test) {
        StringBuilder dump = new StringBuilder("Threads when " + test.getDisplayName() + " failed:\n");
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            dump.append(thread.getName()).append(" (").append(thread.getState()).append(")\n");
            for (StackTraceElement frame : frames) {
                dump.append("    at ").append(frame).append('\n');
            }
        });
        System.err.println(dump);
    }
}
