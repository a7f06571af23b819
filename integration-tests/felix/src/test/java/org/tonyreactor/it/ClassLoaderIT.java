package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.tonyreactor.it.plain.GroupEcho;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** Nothing of a bundle that has gone is referenced: its class loader is collected. */
class ClassLoaderIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    private static final int COLLECTIONS = 50;
    private static final int COLLECTIONS_WHEN_HELD = 10;
    private static final long PAUSE_MILLIS = 100;

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    /** A reference that is itself collected would tell nothing. */
    private Reference<ClassLoader> watched;

    private Object holder;
    private Bundle quiescing;

    @Test
    void collectsTheClassLoaderOfAStoppedBundle() throws Exception {
        serveAndGo(1);

        assertTrue(isCollected(COLLECTIONS), "the class loader is still referenced");
    }

    @Test
    void collectsTheClassLoaderOfABundleThatMovedAwayFromItsAddress() throws Exception {
        serveAndGo(3);

        assertTrue(isCollected(COLLECTIONS), "the class loader is still referenced");
    }

    /** The connection lives on, and is a member that gets what others write. */
    @Test
    void collectsTheClassLoaderOfABundleWhoseConnectionsAreInAGroup() throws Exception {
        Bundle bundle = FELIX.startPacked("plain");
        watch(bundle);
        serve(bundle, "GroupEcho");
        try (Client member = Client.connect(boundPort(bundle))) {
            assertEquals("hello", member.ask("hello"));
            remove(bundle);

            assertTrue(isCollected(COLLECTIONS), "the class loader is still referenced");

            writeToGroup("still here\n");
            assertEquals("still here", member.readLine());
        }
    }

    /** As a bundle does: this side has other classes of the API. */
    private static void writeToGroup(String text) throws ReflectiveOperationException {
        Object reactor = FELIX.context().getService(FELIX.reference("org.tonyreactor.reactor.Reactor"));
        Class<?> api = reactor.getClass().getClassLoader().loadClass("org.tonyreactor.reactor.Reactor");
        Object group = api.getMethod("group", String.class).invoke(reactor, GroupEcho.GROUP);
        Class<?> groupType = reactor.getClass().getClassLoader().loadClass("org.tonyreactor.reactor.Group");
        groupType.getMethod("write", CharSequence.class).invoke(group, text);
    }

    /** The stage is in other hands, and the engine's callback hangs on it for ever; the connection waits for a successor. */
    @Test
    void collectsTheClassLoaderOfABundleWhoseQuiesceNeverEnds() throws Exception {
        try (Client suspended = Client.connect(serveWithoutEnd())) {
            suspended.send("never\n");
            assertNotNull(suspended.ask("served"));

            remove(quiescing);

            assertTrue(isCollected(COLLECTIONS), "the class loader is still referenced");
            assertFalse(((CompletableFuture<?>) holder).isDone());
            assertEquals(1, ((CompletableFuture<?>) holder).getNumberOfDependents());
        }
    }

    private int serveWithoutEnd() throws Exception {
        quiescing = FELIX.startPacked("quiescing");
        watch(quiescing);
        Object work = quiescing
                .loadClass("org.tonyreactor.it.quiescing.Work")
                .getConstructor()
                .newInstance();
        holder = Fields.get(work, "never");
        Offer.register(quiescing, work, Map.of("reactor.port", 0, "reactor.drain.timeout.millis", 300));
        return boundPort(quiescing);
    }

    @Test
    void detectsAClassLoaderThatIsHeld() throws Exception {
        Bundle bundle = FELIX.startPacked("plain");
        watch(bundle);
        holder = Offer.newFactory(bundle, "BusyEcho");

        remove(bundle);

        assertFalse(isCollected(COLLECTIONS_WHEN_HELD), "a held class loader was not noticed");
        assertNotNull(holder);
    }

    /** Serves real traffic from a bundle at as many addresses as asked for, one after the other, then removes it. */
    private void serveAndGo(int addresses) throws Exception {
        Bundle bundle = FELIX.startPacked("plain");
        watch(bundle);
        ServiceRegistration<?> registration = serve(bundle, "BusyEcho");
        try (Client open = Client.connect(boundPort(bundle))) {
            assertEquals("open", open.ask("open"));
            for (int i = 0; i < addresses; i++) {
                int port = FreePort.find();
                registration.setProperties(FrameworkUtil.asDictionary(Map.of("reactor.port", port)));
                talk(port);
            }
            open.send("no answer is awaited\n");
            remove(bundle);
        }
    }

    private static ServiceRegistration<?> serve(Bundle bundle, String factory) {
        return Offer.register(bundle, Offer.newFactory(bundle, factory), Map.of("reactor.port", FreePort.find()));
    }

    private static int boundPort(Bundle bundle) {
        return FELIX.awaitPort(FELIX.serviceIdOf(bundle), EndpointDTO.STATE_BOUND);
    }

    /** Several connections one after the other, so that protocols are used again, and some at once. */
    private static void talk(int port) {
        for (int i = 0; i < 20; i++) {
            try (Client client = Client.connect(port)) {
                assertEquals("hello", client.ask("hello"));
            }
        }
    }

    private void watch(Bundle bundle) {
        watched = new PhantomReference<>(bundle.adapt(BundleWiring.class).getClassLoader(), collected);
    }

    /** Stops, uninstalls and refreshes: afterwards the framework itself has nothing of the bundle left. */
    private static void remove(Bundle bundle) throws BundleException, InterruptedException {
        bundle.stop();
        bundle.uninstall();
        CountDownLatch refreshed = new CountDownLatch(1);
        FELIX.framework().adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertTrue(refreshed.await(10, TimeUnit.SECONDS));
        FELIX.forget(bundle);
    }

    private boolean isCollected(int collections) throws InterruptedException {
        assertNotNull(watched);
        for (int i = 0; i < collections; i++) {
            System.gc();
            if (collected.remove(PAUSE_MILLIS) != null) {
                return true;
            }
        }
        return false;
    }
}
