package org.tonyreactor.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import aQute.bnd.osgi.Jar;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version of a bundle goes over the old one in deploy/, while a connection is open. */
final class LiveUpdateIT {
    @TempDir
    Path folder;

    @Test
    void openConnectionIsAnsweredByTheNextVersionWhichGoesOnCounting() throws Exception {
        Path home = folder.resolve("home");
        try (ServerProcess server = ServerProcess.ready(home)) {
            int port = DeployIT.freePort();
            Files.writeString(
                    home.resolve("conf/org.tonyreactor.sample.counter.Counter.cfg"), "reactor.port = " + port + "\n");
            deploy(home, "1.0.0");
            await().ignoreExceptions().atMost(ServerProcess.BOUND).until(() -> {
                ServerProcess.connect(port).close();
                return true;
            });
            try (Socket socket = ServerProcess.connect(port)) {
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                assertEquals("version 1.0.0, line 1", ask(socket, answers));

                deploy(home, "2.0.0");

                int[] line = {1};
                await().atMost(ServerProcess.BOUND).until(() -> {
                    String answer = ask(socket, answers);
                    line[0]++;
                    assertEquals("line " + line[0], answer.substring(answer.indexOf("line ")));
                    return answer.startsWith("version 2.0.0,");
                });
                assertEquals(List.of(), server.errors());
            }
        }
    }

    private static String ask(Socket socket, BufferedReader answers) throws Exception {
        socket.getOutputStream().write('\n');
        return String.valueOf(answers.readLine());
    }

    /** Puts the sample into deploy/ under another version, in one step. */
    private void deploy(Path home, String version) throws Exception {
        Path versioned = folder.resolve("counter.jar");
        try (Jar jar = new Jar(Path.of(System.getProperty("launcher.counter")).toFile())) {
            jar.getManifest().getMainAttributes().putValue("Bundle-Version", version);
            jar.write(versioned.toFile());
        }
        // The watcher knows a file by its time and size; the one would be the sample's own, the same for both versions.
        Files.setLastModifiedTime(versioned, FileTime.from(Instant.now()));
        Files.move(versioned, home.resolve("deploy/counter.jar"), StandardCopyOption.ATOMIC_MOVE);
    }
}
