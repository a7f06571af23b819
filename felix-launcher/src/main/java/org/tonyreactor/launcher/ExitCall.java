package org.tonyreactor.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A call of {@code System.exit} that is not the launcher's. A shutdown hook is not told who has called, but the caller's
 * thread waits for the hooks, so its stack has it.
 *
 * @param thread the name of the thread that has called
 * @param stack its stack below the call, the caller first
 */
record ExitCall(String thread, List<StackTraceElement> stack) {
    /** Runs the hooks and waits for them; other callers wait for this one. */
    private static final String HOOKS = "java.lang.ApplicationShutdownHooks";

    private static final Set<String> EXITS = Set.of("java.lang.Shutdown", "java.lang.Runtime", "java.lang.System");
    /** Calls it for a signal. */
    private static final String SIGNALS = "java.lang.Terminator";

    private static final String LAUNCHER = ExitCall.class.getPackageName();

    /** Looks for it, from a shutdown hook; empty when a signal, the launcher or the end of the last thread ends the JVM. */
    static Optional<ExitCall> find(Map<Thread, StackTraceElement[]> stacks) {
        return stacks.entrySet().stream()
                .filter(each -> Stream.of(each.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(HOOKS)))
                .map(each -> new ExitCall(each.getKey().getName(), callers(each.getValue())))
                .filter(ExitCall::isForeign)
                .findFirst();
    }

    private static List<StackTraceElement> callers(StackTraceElement[] stack) {
        int outermost = stack.length;
        for (int i = 0; i < stack.length; i++) {
            if (stack[i].getMethodName().equals("exit") && EXITS.contains(stack[i].getClassName())) {
                outermost = i;
            }
        }
        return Arrays.asList(stack).subList(Math.min(stack.length, outermost + 1), stack.length);
    }

    private boolean isForeign() {
        String caller = stack.isEmpty() ? SIGNALS : stack.get(0).getClassName();
        String callersPackage = caller.substring(0, Math.max(0, caller.lastIndexOf('.')));
        return !caller.startsWith(SIGNALS) && !callersPackage.equals(LAUNCHER);
    }

    /** The bundle that has the innermost class of the caller; nothing is loaded for that. */
    Optional<Bundle> bundle(Bundle[] bundles) {
        return stack.stream()
                .flatMap(frame -> Stream.of(bundles).filter(bundle -> has(bundle, frame.getClassName())))
                .findFirst();
    }

    private static boolean has(Bundle bundle, String type) {
        BundleWiring wiring = bundle.getBundleId() == 0 ? null : bundle.adapt(BundleWiring.class);
        int dot = type.lastIndexOf('.');
        String folder = dot < 0 ? "/" : type.substring(0, dot).replace('.', '/');
        return wiring != null
                && !wiring.listResources(folder, type.substring(dot + 1) + ".class", BundleWiring.LISTRESOURCES_LOCAL)
                        .isEmpty();
    }

    /** Who has called, in words. */
    String caller(Bundle[] bundles) {
        return bundle(bundles)
                        .map(bundle -> "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " (bundle "
                                + bundle.getBundleId() + ")")
                        .orElse("code that is in no bundle")
                + " in thread " + thread;
    }

    /** The stack, a line for each frame. */
    String trace() {
        StringBuilder lines = new StringBuilder();
        stack.forEach(
                frame -> lines.append(System.lineSeparator()).append("    at ").append(frame));
        return lines.toString();
    }
}
