package org.tonyreactor.it.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** The features, installed, updated and uninstalled in the console. */
public class FeatureIT extends KarafFixture {
    private static final Pattern SETTING = Pattern.compile("<AD [^>]*\\bid=\"([^\"]+)\"");

    @Override
    List<String> repositories() {
        return List.of("tools.repository", "reactor.repository");
    }

    @Before
    public void installEngine() {
        type("feature:repo-add " + property("reactor.features"));
        type("feature:install reactor");
        server().awaitRunning();
    }

    @Test
    public void theFileOfTheEngineNamesEverySetting() throws IOException {
        String file = Files.readString(karaf("etc/org.tonyreactor.cfg"));

        List<String> settings = settingsOf(bundle(ENGINE));

        assertTrue(settings.toString(), settings.contains("workers"));
        for (String setting : settings) {
            assertTrue(setting + " is not in:\n" + file, file.contains("\n#" + setting + " = "));
        }
    }

    @Test
    public void aSavedSettingAppliesWithoutAnotherStart() throws IOException {
        Path file = karaf("etc/org.tonyreactor.cfg");
        long engine = server().serviceId();
        long changes = server().changeCount();

        Files.writeString(file, "\nwatchdog.warn.millis = 1500\n", StandardOpenOption.APPEND);

        server().awaitChangeAfter(changes);
        assertEquals(engine, server().serviceId());
    }

    @Test
    public void theEngineBringsItsCommandsAndTheirAccessRules() {
        type("feature:install reactor-sample-echo");
        try {
            server().awaitPort("echo");

            assertTrue(type("reactor:endpoint-list").contains("echo"));
            assertTrue(type("reactor:why " + bundle(ECHO).getBundleId()).contains(" is live."));
            assertTrue(Files.exists(karaf("etc/org.apache.karaf.command.acl.reactor.cfg")));
        } finally {
            type("feature:uninstall reactor-sample-echo");
        }
    }

    @Test
    public void whatAUserHasTypedWrongIsShownAndIsNoErrorInTheLog() {
        long before = failuresInTheLog();

        assertTrue(mistype("reactor:endpoint-show nothing").contains("there is no endpoint nothing"));
        assertTrue(mistype("reactor:connection-close nothing").contains("nothing"));
        mistype("reactor:endpoint-show --nothing echo");

        mistype("bundle:install no:bundle"); // The failure of another command is in the log, after those.
        Await.until(context, "that is in the log", () -> log().anyMatch(line -> line.contains("no:bundle")));
        assertEquals(before + 1, failuresInTheLog());
    }

    private static long failuresInTheLog() {
        return log().filter(line -> line.contains("| ERROR |") && line.contains("executing command"))
                .count();
    }

    private static Stream<String> log() {
        try {
            return Files.readAllLines(karaf("data/log/karaf.log")).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    public void aProtocolFeatureComesAndGoesAndRefreshesNothingElse() {
        try (Neighbour neighbour = new Neighbour()) {
            try (BundleChanges changes = new BundleChanges(context)) {
                type("feature:install reactor-sample-echo");
                try (Peer peer = new Peer(server().awaitPort("echo"))) {
                    assertEquals("hello", peer.ask("hello"));
                    assertEquals(Set.of(ECHO), changes.names());

                    type("feature:uninstall reactor-sample-echo");

                    assertNull("the end of the connection", peer.read());
                }
                server().awaitGone("echo");
                assertFalse(isInstalled(ECHO));
                assertEquals(Set.of(ECHO), changes.names());
            }
            neighbour.assertUntouched();
        }
    }

    @Test
    public void aProtocolIsUpdatedAndAnotherKeepsItsConnection() {
        type("feature:install reactor-sample-echo");
        try (Neighbour neighbour = new Neighbour()) {
            server().awaitPort("echo");
            Bundle echo = bundle(ECHO);
            String newer = NewerVersion.of(property("reactor.echo"), "1.0.1").toString();

            try (BundleChanges changes = new BundleChanges(context)) {
                type("bundle:update " + echo.getBundleId() + " " + newer);

                try (Peer peer = new Peer(server().awaitPort("echo"))) {
                    assertEquals("hello", peer.ask("hello"));
                }
                assertEquals(Version.valueOf("1.0.1"), echo.getVersion());
                assertEquals(Set.of(ECHO), changes.names());
            }
            neighbour.assertUntouched();
        } finally {
            type("feature:uninstall reactor-sample-echo");
        }
    }

    @Test
    public void anUpgradeLeavesOneEngineWhichServesWhatWasServed() {
        type("feature:install reactor-sample-echo");
        server().awaitPort("echo");
        String newer = NewerVersion.ofFeatures(property("reactor.repository"), property("reactor.version"), "1.0.1")
                .toString();
        type("feature:repo-add " + newer);
        try {
            type("feature:install --upgrade reactor");

            server().awaitRunning();
            assertEquals(1, server().count());
            assertEquals(List.of(Version.valueOf("1.0.1")), versions(ENGINE));
            assertEquals(List.of(Version.valueOf("1.0.1")), versions(COMMANDS));
            try (Peer peer = new Peer(server().awaitPort("echo"))) {
                assertEquals("hello", peer.ask("hello"));
            }
            assertTrue(type("reactor:endpoint-list").contains("echo"));
        } finally {
            type("feature:uninstall reactor-sample-echo");
            type("feature:uninstall reactor");
            type("feature:repo-remove " + newer);
        }
    }

    private List<Version> versions(String symbolicName) {
        return Stream.of(context.getBundles())
                .filter(each -> symbolicName.equals(each.getSymbolicName()))
                .map(Bundle::getVersion)
                .toList();
    }

    private static List<String> settingsOf(Bundle engine) throws IOException {
        List<URL> files = Collections.list(engine.findEntries("OSGI-INF/metatype", "*.xml", false));
        assertEquals(files.toString(), 1, files.size());
        try (InputStream in = files.get(0).openStream()) {
            String xml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SETTING.matcher(xml)
                    .results()
                    .map((MatchResult each) -> each.group(1))
                    .toList();
        }
    }

    /** Another protocol of the same engine with a live connection, to which nothing may happen. */
    private final class Neighbour implements AutoCloseable {
        private final long engine = server().serviceId();
        private final Peer peer;

        Neighbour() {
            type("bundle:install -s file:" + property("shout.bundle"));
            peer = new Peer(server().awaitPort("shout"));
            assertEquals("HELLO", peer.ask("hello"));
        }

        void assertUntouched() {
            assertEquals("STILL HERE", peer.ask("still here"));
            assertEquals("the engine", engine, server().serviceId());
        }

        @Override
        public void close() {
            peer.close();
            type("bundle:uninstall " + bundle(SHOUT).getBundleId());
        }
    }
}
