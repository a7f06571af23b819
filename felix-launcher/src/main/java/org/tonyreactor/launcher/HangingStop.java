package org.tonyreactor.launcher;

import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** Finds the bundle of {@code deploy/} that holds up the end of the framework. Any thread. */
final class HangingStop {
    private static final List<String> CALLERS = List.of("org.apache.felix.framework.", "org.apache.felix.scr.");

    private final BundleActions actions;

    HangingStop(BundleActions actions) {
        this.actions = actions;
    }

    /**
     * Where code of a bundle does not come back.
     *
     * @param words the bundle, as messages call it
     * @param stack where it is
     */
    record Place(String words, List<StackTraceElement> stack) {}

    /** A thread that the framework or the component runtime has sent into a bundle. */
    Optional<Place> find() {
        for (StackTraceElement[] frames : Thread.getAllStackTraces().values()) {
            List<StackTraceElement> stack = List.of(frames);
            if (stack.stream().anyMatch(HangingStop::isCaller)) {
                Optional<Bundle> bundle = bundleIn(stack);
                if (bundle.isPresent()) {
                    return Optional.of(new Place(BundleActions.words(bundle.get()), stack));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isCaller(StackTraceElement frame) {
        return CALLERS.stream().anyMatch(frame.getClassName()::startsWith);
    }

    private Optional<Bundle> bundleIn(List<StackTraceElement> stack) {
        List<Bundle> deployed = actions.deployed();
        for (StackTraceElement frame : stack) {
            String entry = frame.getClassName().replace('.', '/') + ".class";
            for (Bundle bundle : deployed) {
                if (bundle.getEntry(entry) != null) {
                    return Optional.of(bundle);
                }
            }
        }
        return Optional.empty();
    }
}
