package org.tonyreactor.internal.whiteboard;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.whiteboard.ReactorConstants;

/**
 * Ensures that a framework has only one engine of each name: two would serve the same factories and compete for their
 * ports.
 */
final class SoleEngine {
    private SoleEngine() {}

    /**
     * Refuses an engine when one of the same name was registered before it.
     *
     * @param serviceId the id of its runtime, or {@link Long#MAX_VALUE} while it has none
     * @throws IllegalStateException when there is another; the message says whose it is and what to do
     */
    static void refuseSecond(BundleContext context, String name, long serviceId) {
        for (ServiceReference<?> other : runtimes(context, name)) {
            Bundle bundle = other.getBundle();
            if ((Long) other.getProperty(Constants.SERVICE_ID) < serviceId && bundle != null) {
                throw new IllegalStateException("an engine named " + name + " runs already, of bundle "
                        + bundle.getBundleId() + " (" + bundle.getSymbolicName() + " " + bundle.getVersion()
                        + "): uninstall one of the two, then start the other again");
            }
        }
    }

    private static ServiceReference<?>[] runtimes(BundleContext context, String name) {
        try {
            // All: the other may be wired to another API.
            ServiceReference<?>[] found = context.getAllServiceReferences(
                    ReactorRuntime.class.getName(), "(" + ReactorConstants.ENGINE_NAME + "=" + name + ")");
            return found == null ? new ServiceReference<?>[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
