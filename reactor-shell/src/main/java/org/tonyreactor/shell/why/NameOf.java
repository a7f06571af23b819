package org.tonyreactor.shell.why;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.tonyreactor.shell.ShellContext;

/** Bundles and factories as the answers name them. */
final class NameOf {
    private NameOf() {}

    static String bundle(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion() + " (bundle " + bundle.getBundleId() + ")";
    }

    static String bundle(ShellContext shell, long id) {
        Optional<Bundle> bundle = shell.bundle(id);
        return bundle.map(NameOf::bundle).orElse(id < 0 ? "no bundle" : "bundle " + id + ", which is gone");
    }

    static String factory(ShellContext shell, String name, long serviceId, long bundleId) {
        return serviceId < 0
                ? name + " (opened by code, no service)"
                : name + ", service " + serviceId + " of " + bundle(shell, bundleId);
    }
}
