package org.tonyreactor.it.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWiring;

/** KARs and bundles in the deploy folder. Karaf has our bundles from nowhere but our KAR. */
public class DeployIT extends KarafFixture {
    @Override
    List<String> repositories() {
        return List.of("tools.repository");
    }

    @Before
    public void deployEngine() {
        Path deployed = karaf("deploy").resolve(Path.of(property("reactor.kar")).getFileName());
        if (!Files.exists(deployed)) {
            DeployFolder.put(property("reactor.kar"));
        }
        server().awaitRunning();
    }

    @Test
    public void theKarStartsTheEngineAndOnlyOffersTheSample() {
        assertTrue(Files.exists(karaf("etc/org.tonyreactor.cfg")));
        assertFalse(isInstalled(ECHO));

        type("feature:install reactor-sample-echo");

        try (Peer peer = new Peer(server().awaitPort("echo"))) {
            assertEquals("hello", peer.ask("hello"));
        }
        type("feature:uninstall reactor-sample-echo");
        server().awaitGone("echo");
    }

    @Test
    public void aBundleIsServedForAsLongAsItIsThereAndRefreshesNothingElse() {
        assertServedForAsLongAsItIsThere(property("shout.bundle"));
    }

    @Test
    public void aKarIsServedForAsLongAsItIsThereAndRefreshesNothingElse() {
        assertServedForAsLongAsItIsThere(property("shout.kar"));
    }

    @Test
    public void theEngineGoesWithItsFeatureAndTheApiStays() {
        Bundle api = bundle(API);
        BundleWiring wiring = api.adapt(BundleWiring.class);

        type("feature:uninstall reactor");

        server().awaitStopped();
        assertFalse(isInstalled(ENGINE));
        assertSame(wiring, api.adapt(BundleWiring.class));

        type("feature:install reactor");

        server().awaitRunning();
        assertSame(wiring, api.adapt(BundleWiring.class));
    }

    @Test
    public void aNewerKarTakesThePlaceOfTheOlderAndBringsItsCommands() {
        type("reactor:endpoint-list");

        DeployFolder.put(NewerVersion.ofArchive(property("reactor.kar"), property("reactor.version"), "1.0.1")
                .toString());

        Await.until(context, "the newer engine runs", () -> isActive(ENGINE, "1.0.1") && server().isRunning());
        assertEquals(1, server().count());
        Await.until(context, "the newer commands are there", () -> isActive(COMMANDS, "1.0.1"));
        type("reactor:endpoint-list");
    }

    private boolean isActive(String symbolicName, String version) {
        return Stream.of(context.getBundles())
                .anyMatch(each -> symbolicName.equals(each.getSymbolicName())
                        && each.getVersion().equals(Version.valueOf(version))
                        && each.getState() == Bundle.ACTIVE);
    }

    private void assertServedForAsLongAsItIsThere(String file) {
        long engine = server().serviceId();
        try (BundleChanges changes = new BundleChanges(context)) {
            Path deployed = DeployFolder.put(file);
            try (Peer peer = new Peer(server().awaitPort("shout"))) {
                assertEquals("HELLO", peer.ask("hello"));
                assertEquals(Set.of(SHOUT), changes.names());

                DeployFolder.remove(deployed);

                assertNull("the end of the connection", peer.read());
            }
            server().awaitGone("shout");
            Await.until(context, "the bundle is uninstalled", () -> !isInstalled(SHOUT));
            assertEquals(Set.of(SHOUT), changes.names());
        }
        assertEquals("the engine", engine, server().serviceId());
    }
}
