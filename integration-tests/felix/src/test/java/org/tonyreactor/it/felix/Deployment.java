package org.tonyreactor.it.felix;

import static org.junit.Assert.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.rules.ExternalResource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.tonyreactor.it.FreePort;

/** Bundles and configurations that are there for one test only. */
public final class Deployment extends ExternalResource {
    /** The PID of the sample. */
    static final String ECHO_PID = "org.tonyreactor.sample.echo.Echo";

    private final List<Bundle> installed = new ArrayList<>();
    private final List<String> configured = new ArrayList<>();

    /** A bundle that is there already. */
    static Bundle bundle(String symbolicName) {
        for (Bundle each : context().getBundles()) {
            if (each.getSymbolicName().equals(symbolicName)) {
                return each;
            }
        }
        throw new IllegalStateException("no bundle " + symbolicName);
    }

    static Bundle engine() {
        return bundle("org.tonyreactor.impl");
    }

    /** A jar that the build has copied. */
    static InputStream open(String artifact) throws IOException {
        return new FileInputStream("target/bundles/" + artifact + ".jar");
    }

    /** Installs the sample for a free port of its own, and leaves it to the test to start it. */
    Bundle installEcho() throws BundleException, IOException {
        configure(ECHO_PID, Map.of("reactor.port", FreePort.find(), "reactor.hold.timeout.millis", 0));
        return install("sample-echo", open("sample-echo"));
    }

    /** Installs and starts a bundle that signs, on any free port. */
    Bundle startSigner(String name) throws BundleException {
        return start(name, ProtocolJar.signing(name, "1.0.0", Map.of()));
    }

    Bundle start(String location, ProtocolJar jar) throws BundleException {
        Bundle bundle = install(location, jar.open());
        bundle.start();
        return bundle;
    }

    Bundle install(String location, InputStream jar) throws BundleException {
        Bundle bundle = context().installBundle(location, jar);
        installed.add(bundle);
        return bundle;
    }

    void configure(String pid, Map<String, ?> properties) throws IOException {
        configured.add(pid);
        configuration(pid).update(FrameworkUtil.asDictionary(properties));
    }

    void deleteConfiguration(String pid) throws IOException {
        configuration(pid).delete();
    }

    /** Wires bundles anew, with all that depend on them. */
    void refresh(List<Bundle> bundles) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context()
                .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(bundles, event -> refreshed.countDown());
        assertTrue("not refreshed", refreshed.await(20, TimeUnit.SECONDS));
    }

    /** Stops and removes what the test has installed: afterwards the framework itself has nothing of it left. */
    void removeAll() throws BundleException, InterruptedException {
        for (Bundle bundle : installed) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        }
        refresh(installed);
        installed.clear();
    }

    @Override
    protected void after() {
        try {
            removeAll();
            for (String pid : configured) {
                deleteConfiguration(pid);
            }
        } catch (BundleException | IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Configuration configuration(String pid) throws IOException {
        return context()
                .getService(context().getServiceReference(ConfigurationAdmin.class))
                .getConfiguration(pid, "?");
    }

    private static BundleContext context() {
        return FrameworkUtil.getBundle(Deployment.class).getBundleContext();
    }
}
