package org.tonyreactor.shell.why;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.tonyreactor.shell.ShellContext;

/** Whose code a thread is in, where the engine does not know it: found by the names of the classes on its stack. */
final class StackOwner {
    private StackOwner() {}

    /** The bundle that has the innermost class that is not the platform's nor the engine's. */
    static Optional<Bundle> find(ShellContext shell, String[] stack) {
        return Stream.of(stack)
                .map(StackOwner::classOf)
                .flatMap(type -> shell.bundles().stream()
                        .filter(bundle ->
                                bundle.getBundleId() != 0 && !WhyBundle.ENGINE.equals(bundle.getSymbolicName()))
                        .filter(bundle -> has(bundle, type)))
                .findFirst();
    }

    /** The class of a frame, which is written as loader/module/class.method(file:line). */
    private static String classOf(String frame) {
        String method = frame.substring(0, Math.max(0, frame.indexOf('(')));
        String qualified = method.substring(method.lastIndexOf('/') + 1);
        return qualified.substring(0, Math.max(0, qualified.lastIndexOf('.')));
    }

    /** Whether a bundle brings a class itself; nothing is loaded for that. */
    private static boolean has(Bundle bundle, String type) {
        @Nullable BundleWiring wiring = bundle.adapt(BundleWiring.class);
        int dot = type.lastIndexOf('.');
        return wiring != null
                && dot > 0
                && !wiring.listResources(
                                type.substring(0, dot).replace('.', '/'),
                                type.substring(dot + 1) + ".class",
                                BundleWiring.LISTRESOURCES_LOCAL)
                        .isEmpty();
    }
}
