package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder that the guide describes, started as it says: Equinox serves the sample. */
@Timeout(120)
class EquinoxIT {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void servesTheSample() throws Exception {
        int port = FreePort.find();
        layOut();
        configureEcho(port);
        Process equinox = start();
        try {
            Awaitility.await()
                    .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .until(() -> !equinox.isAlive() || Client.canConnect(port));
            assertTrue(equinox.isAlive(), this::output);
            try (Client client = Client.connect(port)) {
                assertEquals("hello", client.ask("hello"));
            }
        } finally {
            equinox.destroy();
            assertTrue(equinox.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), this::output);
        }
    }

    /** All bundles in one folder, and beside it the configuration of the guide. */
    private void layOut() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        for (String property : List.of("platform.directory", "bundles.directory", "equinox.directory")) {
            for (Path jar : FelixFixture.jars(property)) {
                Files.copy(jar, plugins.resolve(jar.getFileName()));
            }
        }
        Path configuration = Files.createDirectory(folder.resolve("configuration"));
        Files.copy(Path.of(System.getProperty("equinox.configuration")), configuration.resolve("config.ini"));
    }

    /** Configuration Admin finds it there, as if it had been set before. */
    private void configureEcho(int port) throws IOException {
        String pid = "org.tonyreactor.sample.echo.Echo";
        Path file = folder.resolve("settings").resolve(pid.replace('.', '/') + ".config");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "service.pid=\"" + pid + "\"\nreactor.port=I\"" + port + "\"\n");
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfelix.cm.dir=" + folder.resolve("settings"),
                        "-jar",
                        "plugins/org.eclipse.osgi.jar",
                        "-configuration",
                        "configuration")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
