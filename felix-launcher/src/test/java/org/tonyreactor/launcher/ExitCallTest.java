package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose call has ended the JVM, by the stack of the thread that runs the shutdown. */
final class ExitCallTest {
    private static final String[] SHUTDOWN = {
        "java.lang.Object.wait", "java.lang.Thread.join", "java.lang.ApplicationShutdownHooks.runHooks",
        "java.lang.ApplicationShutdownHooks$1.run", "java.lang.Shutdown.runHooks", "java.lang.Shutdown.exit"
    };

    @Test
    void isTheFrameThatHasCalledSystemExit() {
        ExitCall call = find(
                        "java.lang.Runtime.exit", "java.lang.System.exit", "org.example.Tool.main", "org.example.A.b")
                .orElseThrow();

        assertEquals("caller", call.thread());
        assertEquals("org.example.Tool", call.stack().get(0).getClassName());
        assertEquals(2, call.stack().size());
    }

    @Test
    void isTheFrameThatHasCalledTheRuntime() {
        ExitCall call = find("java.lang.Runtime.exit", "org.example.Tool.exit").orElseThrow();

        assertEquals("org.example.Tool", call.stack().get(0).getClassName());
    }

    @Test
    void isNobodysForASignalOrTheLauncherOrTheLastThread() {
        assertEquals(Optional.empty(), find("java.lang.Terminator$1.handle", "jdk.internal.misc.Signal$1.run"));
        assertEquals(
                Optional.empty(),
                find("java.lang.Runtime.exit", "java.lang.System.exit", OrderlyStop.class.getName() + ".exit"));
        assertEquals(
                Optional.empty(),
                ExitCall.find(stacks("java.lang.ApplicationShutdownHooks.runHooks", "java.lang.Shutdown.shutdown")));
    }

    @Test
    void isNotThatOfASecondCallerWhoWaits() {
        assertEquals(
                Optional.empty(),
                ExitCall.find(stacks("java.lang.Shutdown.exit", "java.lang.System.exit", "org.example.Tool.main")));
    }

    private static Optional<ExitCall> find(String... callers) {
        return ExitCall.find(
                stacks(Stream.concat(Stream.of(SHUTDOWN), Stream.of(callers)).toArray(String[]::new)));
    }

    private static Map<Thread, StackTraceElement[]> stacks(String... methods) {
        StackTraceElement[] stack = Stream.of(methods)
                .map(method -> new StackTraceElement(
                        method.substring(0, method.lastIndexOf('.')),
                        method.substring(method.lastIndexOf('.') + 1),
                        null,
                        -1))
                .toArray(StackTraceElement[]::new);
        return Map.of(new Thread("caller"), stack, new Thread("other"), new StackTraceElement[0]);
    }
}
