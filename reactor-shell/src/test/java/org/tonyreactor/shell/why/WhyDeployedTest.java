package org.tonyreactor.shell.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.shell.FrameworkContext;
import org.tonyreactor.shell.StrictJson;

/** What the launcher knows of a bundle's start: real bundles in a real framework, and a launcher that says what the test wants. */
final class WhyDeployedTest {
    private static final String CHAT = "org.example.chat";
    private static final String LINE = "the start of org.example.chat 1.0.0 (bundle 1) has not come back for 65 s: "
            + "put a corrected version over the file";

    @TempDir
    Path folder;

    private FrameworkWithBundles framework;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkWithBundles(folder.resolve("felix"));
        framework.context().registerService(ReactorRuntime.class, RuntimeDTO::new, null);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    void saysWhereAStartHangsBeforeTheStateOfTheBundle() throws Exception {
        Bundle chat = framework.install(CHAT, Map.of());
        launcherSays(chat, LINE, List.of("org.example.Chat.start(Chat.java:7)", "java.lang.Thread.run(Thread.java)"));

        JsonArray findings = findings();

        assertEquals(1, findings.size(), findings.toString());
        JsonObject hanging = findings.get(0).getAsJsonObject();
        assertEquals("hanging", hanging.get("cause").getAsString());
        assertEquals(LINE, hanging.get("because").getAsString());
        assertEquals(
                "org.example.Chat.start(Chat.java:7)",
                hanging.getAsJsonArray("stack").get(0).getAsString());
    }

    @Test
    void saysWhatAStartHasThrown() throws Exception {
        Bundle chat = framework.install(CHAT, Map.of(Constants.BUNDLE_ACTIVATOR, "org.example.Missing"));
        assertThrows(BundleException.class, chat::start);
        launcherSays(chat, "chat.jar does not start: no database", List.of());

        JsonObject failed = findings().get(0).getAsJsonObject();

        assertEquals("start-failed", failed.get("cause").getAsString());
        assertEquals(
                "chat.jar does not start: no database", failed.get("because").getAsString());
    }

    @Test
    void believesABundleThatWasStartedByHandSince() throws Exception {
        Bundle chat = framework.install(CHAT, Map.of());
        launcherSays(chat, "chat.jar does not start: no database", List.of());
        chat.start();

        assertEquals(
                "no-factory", findings().get(0).getAsJsonObject().get("cause").getAsString());
    }

    @Test
    void knowsNothingOfTheTroublesOfOthers() throws Exception {
        Bundle other = framework.install("org.example.other", Map.of());
        framework.install(CHAT, Map.of());
        launcherSays(other, LINE, List.of("org.example.Other.start(Other.java:7)"));

        assertEquals(
                "not-started", findings().get(0).getAsJsonObject().get("cause").getAsString());
    }

    @Test
    void leavesOutWhatIsNoTrouble() throws Exception {
        framework.install(CHAT, Map.of());
        register(() -> List.of("nothing", Map.of("bundle.id", "7")));
        register(() -> "no list");

        assertEquals(
                "not-started", findings().get(0).getAsJsonObject().get("cause").getAsString());
    }

    @Test
    void advisesToTakeNoHeaderOutThatIsNotThere() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        framework.context().registerService(Runnable.class, () -> hang(started, end), null);
        String type = HangingInItsStart.class.getName();
        Bundle chat = framework.install(
                CHAT,
                Map.of(Constants.BUNDLE_ACTIVATOR, type, Constants.IMPORT_PACKAGE, "org.osgi.framework"),
                Map.of(
                        type.replace('.', '/') + ".class",
                        FrameworkWithBundles.bytes(type.replace('.', '/') + ".class")));
        Thread starting = new Thread(() -> startWithItsPolicy(chat));
        starting.start();
        try {
            assertTrue(started.await(10, TimeUnit.SECONDS));

            assertEquals(
                    "starting", findings().get(0).getAsJsonObject().get("cause").getAsString());
        } finally {
            end.countDown();
            starting.join();
        }
    }

    /** Its code is in the bundle; what it waits for is a service of the test. */
    public static final class HangingInItsStart implements BundleActivator {
        @Override
        public void start(BundleContext context) {
            context.getService(context.getServiceReference(Runnable.class)).run();
        }

        @Override
        public void stop(BundleContext context) {}
    }

    private static void hang(CountDownLatch started, CountDownLatch end) {
        started.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void startWithItsPolicy(Bundle bundle) {
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    private void launcherSays(Bundle bundle, String line, List<String> stack) {
        register(() -> List.of(
                Map.of("file", "chat.jar", "bundle.id", -1L, "line", "another file", "stack", List.of()),
                Map.of("file", "chat.jar", "bundle.id", bundle.getBundleId(), "line", line, "stack", stack)));
    }

    private void register(Supplier<?> launcher) {
        framework
                .context()
                .registerService(
                        Supplier.class, launcher, FrameworkUtil.asDictionary(Map.of("reactor.deploy.troubles", true)));
    }

    private JsonArray findings() throws Exception {
        try (FrameworkContext shell = new FrameworkContext(framework.context())) {
            return StrictJson.parse(new Why(CHAT, false).answer(shell).print(true))
                    .getAsJsonObject()
                    .getAsJsonArray("findings");
        }
    }
}
