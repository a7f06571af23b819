package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.tonyreactor.shell.ShellContext;

/** The requirements of an unresolved bundle that no bundle provides: its own, then those of its only providers. */
final class MissingRequirements {
    private static final int DEPTH = 8;

    private final ShellContext shell;
    private final Set<BundleRevision> seen = new HashSet<>();

    MissingRequirements(ShellContext shell) {
        this.shell = shell;
    }

    List<Finding> findings(BundleRevision revision) {
        FrameworkWiring wiring = shell.bundle(0)
                .map(system -> system.adapt(FrameworkWiring.class))
                .orElse(null);
        List<Finding> findings = new ArrayList<>();
        if (wiring != null) {
            collect(wiring, revision, "", DEPTH, findings);
        }
        return findings;
    }

    private void collect(
            FrameworkWiring wiring, BundleRevision revision, String through, int depth, List<Finding> findings) {
        if (depth == 0 || !seen.add(revision)) {
            return;
        }
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (!isMandatory(requirement)) {
                continue;
            }
            Collection<BundleCapability> providers = wiring.findProviders(requirement);
            if (providers.isEmpty()) {
                findings.add(missing(requirement, through));
            } else if (providers.size() == 1) {
                BundleRevision provider = providers.iterator().next().getRevision();
                if (provider.getWiring() == null) {
                    String next = through + " of " + NameOf.bundle(provider.getBundle()) + ", which it needs,";
                    collect(wiring, provider, next, depth - 1, findings);
                }
            }
        }
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        String effective = requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        return !Namespace.RESOLUTION_OPTIONAL.equals(resolution)
                && !PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution)
                && (effective == null || Namespace.EFFECTIVE_RESOLVE.equals(effective));
    }

    private static Finding missing(BundleRequirement requirement, String through) {
        String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
        String namespace = requirement.getNamespace();
        String because = "it is not resolved: the requirement" + through + " is met by nobody: ";
        if (namespace.equals(PackageNamespace.PACKAGE_NAMESPACE)) {
            return new Finding(
                    "not-resolved",
                    because + "package " + attribute(filter, namespace) + " " + versions(filter),
                    "install the bundle that exports this package in this version");
        }
        if (namespace.equals(ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE)) {
            return new Finding(
                    "not-resolved",
                    because + "Java " + filter,
                    "run a newer Java than " + System.getProperty("java.version")
                            + ", or build the bundle for an older one");
        }
        return new Finding(
                "not-resolved",
                because + namespace + " " + (filter == null ? requirement.getAttributes() : filter),
                "install a bundle that provides it");
    }

    private static String attribute(@Nullable String filter, String name) {
        Matcher matcher =
                Pattern.compile(Pattern.quote("(" + name + "=") + "([^)]*)\\)").matcher(String.valueOf(filter));
        return matcher.find() ? matcher.group(1) : String.valueOf(filter);
    }

    /** The parts of a filter that are about the version, as the resolver has them. */
    private static String versions(@Nullable String filter) {
        Matcher matcher = Pattern.compile("!?\\(version[<>]?=[^)]*\\)").matcher(String.valueOf(filter));
        List<String> parts = new ArrayList<>();
        while (matcher.find()) {
            parts.add(matcher.group().startsWith("!") ? "(" + matcher.group() + ")" : matcher.group());
        }
        return String.join("", parts);
    }
}
