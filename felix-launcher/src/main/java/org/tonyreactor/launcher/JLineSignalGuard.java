package org.tonyreactor.launcher;

import java.util.Collection;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps Ctrl-C with the JVM, which then stops the server in order. JLine would take the signal for its input line,
 * through an optional import of {@code sun.misc}; the guard keeps that package from it. Called by the resolver, on the
 * thread that resolves.
 */
final class JLineSignalGuard implements ResolverHookFactory, ResolverHook {
    private static final String JLINE = "org.jline";
    private static final String SIGNALS = "sun.misc";

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (requirement.getRevision().getSymbolicName().startsWith(JLINE)) {
            candidates.removeIf(
                    candidate -> SIGNALS.equals(candidate.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)));
        }
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {}

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {}

    @Override
    public void end() {}
}
