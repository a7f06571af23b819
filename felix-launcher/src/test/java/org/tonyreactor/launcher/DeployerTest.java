package org.tonyreactor.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.osgi.framework.Bundle;
import org.tonyreactor.launcher.activator.Counting;
import org.tonyreactor.launcher.activator.Hanging;
import org.tonyreactor.launcher.activator.Throwing;

/** Files in the folder, and the bundles of a real framework, look by look. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class DeployerTest {
    private static final String NOTES = "deployer.notes";
    private static final String GATE = "deployer.gate";

    @TempDir
    Path temp;

    private final LogFixture log = new LogFixture();
    private final CountDownLatch gate = new CountDownLatch(1);
    private Path deploy;
    private TestFramework framework;
    private Deployer deployer;
    private long nowNanos;

    @BeforeEach
    void begin() throws Exception {
        System.getProperties().remove(NOTES);
        System.getProperties().put(GATE, gate);
        deploy = Files.createDirectory(temp.resolve("deploy"));
        framework = new TestFramework(temp.resolve("cache"));
        patience(ServerProcess.BOUND.toMillis());
    }

    @AfterEach
    void end() throws Exception {
        gate.countDown();
        System.getProperties().remove(GATE);
        framework.close();
    }

    @Test
    void startsUpdatesAndTakesOutTheBundleOfAFile() throws Exception {
        counting("a", "1").write(deploy.resolve("a.jar"));
        look(2);
        counting("a", "2").write(deploy.resolve("a.jar"));
        look(2);
        Files.delete(deploy.resolve("a.jar"));
        look(2);

        assertEquals("+a 1.0.0, -a 1.0.0, +a 2.0.0, -a 2.0.0", notes());
        assertEquals(List.of(), framework.active());
        assertEquals(List.of(), log.warnings);
    }

    @Test
    void startsBundlesInTheOrderOfTheirFileNames() throws Exception {
        for (String name : List.of("c", "a", "b")) {
            counting(name, "1").write(deploy.resolve(name + ".jar"));
        }

        look(2);

        assertEquals("+a 1.0.0, +b 1.0.0, +c 1.0.0", notes());
    }

    @Test
    void servesTwoVersionsSideBySide() throws Exception {
        counting("a", "1").write(deploy.resolve("a-1.jar"));
        counting("a", "2").write(deploy.resolve("a-2.jar"));
        look(2);
        assertEquals(List.of("a 1.0.0", "a 2.0.0"), framework.active());

        Files.delete(deploy.resolve("a-1.jar"));
        look(2);

        assertEquals(List.of("a 2.0.0"), framework.active());
        assertEquals("+a 1.0.0, +a 2.0.0, -a 1.0.0", notes());
    }

    @Test
    void goesOnWithABundleWhoseFileWasRenamed() throws Exception {
        counting("a", "1").write(deploy.resolve("a.jar"));
        look(2);

        Files.move(deploy.resolve("a.jar"), deploy.resolve("b.jar"));
        look(4);

        assertEquals("+a 1.0.0", notes());
    }

    @Test
    void oneBundleInTwoFilesGoesOnWhenTheFirstIsRemoved() throws Exception {
        goesOnWhenOneOfTwoIsRemoved("first.jar");
    }

    @Test
    void oneBundleInTwoFilesGoesOnWhenTheSecondIsRemoved() throws Exception {
        goesOnWhenOneOfTwoIsRemoved("second.jar");
    }

    private void goesOnWhenOneOfTwoIsRemoved(String removed) throws Exception {
        counting("a", "1").write(deploy.resolve("first.jar"));
        look(2);
        Files.copy(deploy.resolve("first.jar"), deploy.resolve("second.jar"));
        look(2);

        Files.delete(deploy.resolve(removed));
        look(4);

        assertEquals(List.of("a 1.0.0"), framework.active());
        assertEquals("+a 1.0.0", notes());
    }

    @Test
    void theLastOfTwoFilesWithOneBundleCountsUntilItIsRemoved() throws Exception {
        counting("a", "1").header("X", "first").write(deploy.resolve("a.jar"));
        look(2);
        counting("a", "1").header("X", "second").write(deploy.resolve("b.jar"));
        look(2);
        assertEquals("second", header("a"));

        Files.delete(deploy.resolve("b.jar"));
        look(2);

        assertEquals("first", header("a"));
        assertEquals(List.of("a 1.0.0"), framework.active());
    }

    @Test
    void aRunningBundleStaysWhenItsFileIsCutOff() throws Exception {
        Path file = counting("a", "1").write(deploy.resolve("a.jar"));
        look(2);
        byte[] next = Files.readAllBytes(counting("a", "2").write(temp.resolve("next.jar")));

        Files.write(file, Arrays.copyOf(next, next.length / 2));
        look(DeployFolder.LOOKS_TO_REST + 3);

        assertEquals(List.of("a 1.0.0"), framework.active());
        assertEquals("+a 1.0.0", notes());
        assertEquals(1, log.warnings.size(), log.warnings::toString);
        assertTrue(log.warnings.get(0).contains(file + " is no bundle"), log.warnings::toString);
        assertTrue(log.warnings.get(0).contains("a 1.0.0 (bundle 1) goes on"), log.warnings::toString);

        Files.write(file, next);
        look(2);
        assertEquals(List.of("a 2.0.0"), framework.active());
        assertEquals(List.of(), deployer.troubles());
    }

    @Test
    void aRunningBundleIsTakenOutWithItsBrokenFile() throws Exception {
        Path file = counting("a", "1").write(deploy.resolve("a.jar"));
        look(2);
        Files.writeString(file, "no jar");
        look(2);

        Files.delete(file);
        look(2);

        assertEquals(List.of(), framework.active());
    }

    @Test
    void aSlowCopyIsNotToldAsBroken() throws Exception {
        byte[] whole = Files.readAllBytes(counting("a", "1").write(temp.resolve("a.jar")));
        Path file = deploy.resolve("a.jar");
        for (int part = 1; part <= 4; part++) {
            Files.write(file, Arrays.copyOf(whole, whole.length * part / 4));
            look(4);
        }

        assertEquals(List.of("a 1.0.0"), framework.active());
        assertEquals(List.of(), log.warnings);
    }

    @Test
    void aBundleThatTheFrameworkRefusesLeavesTheRunningOne() throws Exception {
        Path file = counting("a", "1").write(deploy.resolve("a.jar"));
        look(2);

        counting("a", "2").header("Import-Package", "not,,valid;;").write(file);
        look(4);

        assertEquals(List.of("a 1.0.0"), framework.active());
        assertEquals(1, log.warnings.size(), log.warnings::toString);
        assertTrue(log.warnings.get(0).contains("a 1.0.0 (bundle 1) goes on"), log.warnings::toString);
    }

    @Test
    void othersAreDeployedWhileAStartHangs() throws Exception {
        patience(20);
        TestJar.of("a", "1").activator(Hanging.class).write(deploy.resolve("a.jar"));
        counting("b", "1").write(deploy.resolve("b.jar"));
        look(2);
        lookUntilActive("b 1.0.0");
        counting("c", "1").write(deploy.resolve("c.jar"));
        look(2);
        lookUntilActive("b 1.0.0", "c 1.0.0");

        assertEquals(List.of(), log.warnings);
        nowNanos += Duration.ofMillis(Operations.HANGING_MILLIS).toNanos();
        look(2);

        assertEquals(1, log.warnings.size(), log.warnings::toString);
        assertTrue(
                log.warnings.get(0).startsWith("the start of a 1.0.0 (bundle 1) has not come back for 5 s"),
                log.warnings::toString);
        assertTrue(log.stack.stream().anyMatch(frame -> frame.getClassName().equals(Hanging.class.getName())));
        assertEquals(log.warnings.get(0), deployer.troubles().get(0).get("line"));

        nowNanos += Duration.ofSeconds(60).toNanos();
        look(1);
        Map<String, Object> trouble = deployer.troubles().get(0);
        assertTrue(
                String.valueOf(trouble.get("line"))
                        .startsWith("the start of a 1.0.0 (bundle 1) has not come back for 65 s"),
                trouble::toString);
        assertTrue(
                String.valueOf(trouble.get("stack")).contains(Hanging.class.getName() + ".start("), trouble::toString);
        assertEquals(1, log.warnings.size(), log.warnings::toString);

        gate.countDown();
        lookUntilActive("a 1.0.0", "b 1.0.0", "c 1.0.0");
        assertEquals(List.of(), deployer.troubles());
    }

    @Test
    void aHangingStartIsInterruptedForTheNextVersion() throws Exception {
        Path file = startThatHangs();

        counting("a", "2").write(file);
        look(2);

        lookUntilActive("a 2.0.0");
    }

    @Test
    void aHangingStartWhoseFileHasGoneIsNotToldAsAFailure() throws Exception {
        Path file = startThatHangs();

        Files.delete(file);
        await().atMost(ServerProcess.BOUND).until(() -> {
            deployer.look();
            return framework.bundle("a").isEmpty();
        });

        assertEquals(1, log.warnings.size(), log.warnings::toString);
    }

    @Test
    void saysOnceWhatABundleNeeds() throws Exception {
        TestJar.of("a", "1")
                .header("Import-Package", "com.missing;version=\"[1.2,2)\"")
                .write(deploy.resolve("a.jar"));
        look(4);
        counting("b", "1").write(deploy.resolve("b.jar"));
        look(2);

        assertEquals(
                List.of(
                        deploy.resolve("a.jar")
                                + " does not start: no bundle has the package com.missing, version 1.2.0 or "
                                + "newer, below 2.0.0: add the bundle that exports it, or build against the version that is here"),
                log.warnings);

        TestJar.of("c", "1")
                .header("Export-Package", "com.missing;version=\"1.3\"")
                .write(deploy.resolve("c.jar"));
        look(2);
        assertEquals(List.of("a 1.0.0", "b 1.0.0", "c 1.0.0"), framework.active());
    }

    @Test
    void saysThatABundleIsBuiltForANewerJava() throws Exception {
        TestJar.of("a", "1")
                .header("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"")
                .write(deploy.resolve("a.jar"));
        TestJar.of("b", "1").activator(Counting.class).classVersion(44 + 99).write(deploy.resolve("b.jar"));
        look(4);

        String remedy = "run the server on Java 99 or newer, or build the bundle for Java "
                + Runtime.version().feature() + " (this one)";
        assertEquals(
                List.of(
                        deploy.resolve("a.jar") + " does not start: it is built for Java 99: " + remedy,
                        deploy.resolve("b.jar") + " does not start: its class " + Counting.class.getName()
                                + " is built for Java 99: " + remedy),
                log.warnings);
    }

    @Test
    void saysWhatAConstructorHasThrown() throws Exception {
        TestJar.of("a", "1").activator(Throwing.class).write(deploy.resolve("a.jar"));
        look(4);

        assertEquals(1, log.warnings.size(), log.warnings::toString);
        assertTrue(
                log.warnings
                        .get(0)
                        .contains("a.jar does not start: java.lang.IllegalStateException: no database at "
                                + Throwing.class.getName()),
                log.warnings::toString);
    }

    @Test
    void updatesABundleWhoseFileWasTouched() throws Exception {
        Path file = counting("a", "1").write(deploy.resolve("a.jar"));
        look(2);

        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        look(3);

        assertEquals("+a 1.0.0, -a 1.0.0, +a 1.0.0", notes());
    }

    @Test
    void takesAFileThatCouldNotBeReadAsSoonAsItCan() throws Exception {
        Files.delete(temp.resolve("copies"));
        counting("a", "1").write(deploy.resolve("a.jar"));
        look(DeployFolder.LOOKS_TO_REST + 2);
        assertEquals(List.of(), framework.active());

        Files.createDirectory(temp.resolve("copies"));
        look(1);

        assertEquals(List.of("a 1.0.0"), framework.active());
        assertEquals(1, log.warnings.size(), log.warnings::toString);
        assertEquals(List.of(), deployer.troubles());
    }

    @Test
    void servesAFolderThatWasMadeAnew() throws Exception {
        counting("a", "1").write(deploy.resolve("a.jar"));
        look(2);
        Path away = Files.move(deploy, temp.resolve("away"));
        look(3);
        assertEquals(List.of(), framework.active());

        Files.move(away, deploy, StandardCopyOption.ATOMIC_MOVE);
        look(2);

        assertEquals(List.of("a 1.0.0"), framework.active());
        assertEquals(List.of("there is no folder " + deploy + ": make it, and what is in it is served"), log.warnings);
    }

    @Test
    void leavesABundleStoppedThatWasStoppedByCommand() throws Exception {
        Path file = counting("a", "1").write(deploy.resolve("a.jar"));
        look(2);
        framework.bundle("a").orElseThrow().stop();

        counting("a", "2").write(file);
        look(3);

        assertEquals(List.of(), framework.active());
        assertEquals(Bundle.INSTALLED, framework.bundle("a").orElseThrow().getState());
    }

    /** The start of this file's bundle is told to hang. */
    private Path startThatHangs() throws Exception {
        patience(20);
        Path file = TestJar.of("a", "1").activator(Hanging.class).write(deploy.resolve("a.jar"));
        await().atMost(ServerProcess.BOUND).until(() -> {
            deployer.look();
            // An interrupt before would be the framework's, not that of the code that hangs.
            return Thread.getAllStackTraces().values().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(frame -> frame.getClassName().equals(Hanging.class.getName()));
        });
        nowNanos += Duration.ofMillis(Operations.HANGING_MILLIS).toNanos();
        look(1);
        assertEquals(1, log.warnings.size(), log.warnings::toString);
        return file;
    }

    private static TestJar counting(String name, String version) {
        return TestJar.of(name, version).activator(Counting.class);
    }

    private void patience(long millis) throws Exception {
        BundleActions actions = new BundleActions(framework.context(), List.of(), log);
        actions.listen();
        deployer = new Deployer(
                new DeployFolder(deploy),
                Files.createDirectories(temp.resolve("copies")),
                actions,
                new Operations(millis, () -> nowNanos, log),
                log);
    }

    private void look(int times) throws Exception {
        for (int time = 0; time < times; time++) {
            deployer.look();
        }
    }

    /** The threads of operations are real. */
    private void lookUntilActive(String... bundles) {
        await().atMost(ServerProcess.BOUND).until(() -> {
            deployer.look();
            return framework.active().equals(List.of(bundles));
        });
    }

    private String header(String name) {
        return framework.bundle(name).orElseThrow().getHeaders().get("X");
    }

    private static String notes() {
        return System.getProperty(NOTES, "");
    }
}
