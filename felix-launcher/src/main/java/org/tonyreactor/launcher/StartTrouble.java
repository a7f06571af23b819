package org.tonyreactor.launcher;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Why a bundle does not start, in one line that names the cause and the remedy. */
final class StartTrouble {
    private static final int CLASS_VERSION_OF_JAVA_0 = 44;
    private static final int MOST_REQUIREMENTS = 3;
    private static final Pattern TOO_NEW =
            Pattern.compile("(\\S+) has been compiled .*?\\(class file version (\\d+)\\..*");
    private static final Pattern NOT_BELOW = Pattern.compile("(?<!!)\\(version>=([^)]*)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]*)\\)\\)");
    private static final Pattern EXACTLY = Pattern.compile("\\(version=([^)]*)\\)");

    private StartTrouble() {}

    /** What {@code failure}, thrown by the start of {@code bundle}, comes of. */
    static String of(Bundle bundle, Throwable failure, FrameworkWiring framework) {
        List<BundleRequirement> missing = missing(bundle, framework);
        if (bundle.getState() != Bundle.INSTALLED) {
            return thrown(failure);
        }
        return missing.isEmpty()
                ? "it cannot be resolved (" + StartFailure.causeOf(failure)
                        + "): add the bundles it needs, or build it against those that are here"
                : missing.stream()
                        .limit(MOST_REQUIREMENTS)
                        .map(StartTrouble::words)
                        .collect(Collectors.joining("; "));
    }

    /** What the stack trace of a component's failure comes of: its last cause. */
    static String ofStackTrace(String text) {
        String last = text.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((earlier, later) -> later)
                .map(line -> line.substring("Caused by: ".length()))
                .orElseGet(() -> text.lines().findFirst().orElse(""));
        return tooNew(last) ? tooNewWords(last) : last + ": " + correct();
    }

    /** What the code of a bundle has thrown. */
    static String thrown(Throwable failure) {
        Throwable root = root(failure);
        String message = String.valueOf(root.getMessage());
        if (root instanceof UnsupportedClassVersionError && tooNew(message)) {
            return tooNewWords(message);
        }
        StackTraceElement[] stack = root.getStackTrace();
        String where = stack.length == 0 ? "" : " at " + stack[0];
        return root.getClass().getName() + (root.getMessage() == null ? "" : ": " + StartFailure.causeOf(root)) + where
                + ": " + correct();
    }

    private static String correct() {
        return "correct that and put the next version over it";
    }

    private static boolean tooNew(String message) {
        return TOO_NEW.matcher(message).find();
    }

    private static String tooNewWords(String message) {
        Matcher matcher = TOO_NEW.matcher(message);
        if (!matcher.find()) {
            throw new IllegalArgumentException(message);
        }
        int java = Integer.parseInt(matcher.group(2)) - CLASS_VERSION_OF_JAVA_0;
        String type = matcher.group(1).replace('/', '.');
        return "its class " + type + " is built for Java " + java + ": " + otherJava(String.valueOf(java));
    }

    private static String otherJava(String wanted) {
        int own = Runtime.version().feature();
        return "run the server on Java " + wanted + " or newer, or build the bundle for Java " + own + " (this one)";
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; depth < 20 && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static List<BundleRequirement> missing(Bundle bundle, FrameworkWiring framework) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        Collection<BundleRequirement> requirements =
                revision == null ? List.of() : revision.getDeclaredRequirements(null);
        return requirements.stream()
                .filter(StartTrouble::isMandatory)
                .filter(requirement -> framework.findProviders(requirement).isEmpty())
                .toList();
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        String effective = requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        return !Namespace.RESOLUTION_OPTIONAL.equals(resolution)
                && !PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution)
                && (effective == null || Namespace.EFFECTIVE_RESOLVE.equals(effective));
    }

    private static String words(BundleRequirement requirement) {
        String filter = String.valueOf(requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE));
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE ->
                "no bundle has the package " + attribute(filter, PackageNamespace.PACKAGE_NAMESPACE) + versions(filter)
                        + ": add the bundle that exports it, or build against the version that is here";
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> {
                String java = find(EXACTLY, filter);
                yield "it is built for Java " + java + ": " + otherJava(java);
            }
            default -> {
                String what =
                        "null".equals(filter) ? requirement.getAttributes().toString() : filter;
                yield "no bundle provides " + requirement.getNamespace() + " " + what + ": add one that does";
            }
        };
    }

    private static String versions(String filter) {
        String from = find(NOT_BELOW, filter.replaceAll(BELOW.pattern(), ""));
        String below = find(BELOW, filter);
        return (from.isEmpty() ? "" : ", version " + from + " or newer") + (below.isEmpty() ? "" : ", below " + below);
    }

    private static String attribute(String filter, String name) {
        String found = find(Pattern.compile(Pattern.quote("(" + name + "=") + "([^)]*)\\)"), filter);
        return found.isEmpty() ? filter : found;
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
