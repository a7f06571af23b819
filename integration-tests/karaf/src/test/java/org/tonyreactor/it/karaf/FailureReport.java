package org.tonyreactor.it.karaf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Supplier;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/** Adds to a failure what the engine says of itself, what every thread is doing, and the end of Karaf's log. */
final class FailureReport implements TestRule {
    private static final int LOG_LINES = 200;

    private final Supplier<Server> server;

    FailureReport(Supplier<Server> server) {
        this.server = server;
    }

    @Override
    public Statement apply(Statement test, Description description) {
        return new Statement() {
            @Override
            public void evaluate() throws Throwable {
                try {
                    test.evaluate();
                } catch (Throwable failure) {
                    failure.addSuppressed(new AssertionError("the engine: " + engine() + "\n" + threads() + log()));
                    throw failure;
                }
            }
        };
    }

    private String engine() {
        try {
            Server known = server.get();
            return known != null && known.isRunning() ? known.description() : "does not run";
        } catch (RuntimeException e) {
            return "cannot be asked: " + e;
        }
    }

    private static String log() {
        try {
            List<String> lines = Files.readAllLines(KarafFixture.karaf("data/log/karaf.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private static String threads() {
        StringBuilder dump = new StringBuilder();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            dump.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState());
            if (thread.getLockName() != null) {
                dump.append(" on ").append(thread.getLockName());
            }
            if (thread.getLockOwnerName() != null) {
                dump.append(" of \"").append(thread.getLockOwnerName()).append('"');
            }
            dump.append('\n');
            for (StackTraceElement element : thread.getStackTrace()) {
                dump.append("    at ").append(element).append('\n');
            }
        }
        return dump.toString();
    }
}
