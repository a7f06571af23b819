package org.tonyreactor.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.launcher.shout.Shout;

/** Homes with names that some part of the server could take for something else. */
final class OddHomeIT {
    @TempDir
    Path folder;

    private int port;

    @BeforeEach
    void choosePort() throws Exception {
        port = DeployIT.freePort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b , c",
                "with 'quotes' and \"others\"",
                "%20 100%d",
                "${user.name} $\\{x\\} ${x",
                "[a] ^{b} (c) #d !e &f;g=h+i",
                "\u00fcml\u00e4ut \u65e5\u672c",
                "$__ \\\\ back\\slash"
            })
    void servesConfiguresDeploysAndLogs(String name) throws Exception {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("conf"));
        configure(home);

        try (ServerProcess server = ServerProcess.ready(home)) {
            servesShout(home);
            server.terminate();

            assertEquals(0, server.exitStatus());
            assertEquals(List.of(), server.errors());
        }
        assertTrue(Files.size(home.resolve("logs/reactor.log")) > 0);
        assertEquals(List.of(name), List.of(folder.toFile().list()), "nothing is written elsewhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a, %20 ${user.name} [b] ^{c}", "'quotes' \"others\" \\x", "\u00fcml\u00e4ut"})
    void servesADistributionInAnOddFolder(String name) throws Exception {
        Path root = unpack(Files.createDirectory(folder.resolve(name)));
        configure(root);

        try (ServerProcess server = script(Map.of(), root.resolve("bin/reactor"))) {
            servesShout(root);
            server.terminate();

            assertEquals(0, server.exitStatus());
            assertEquals(List.of(), server.errors());
        }
        assertTrue(Files.size(root.resolve("logs/reactor.log")) > 0);
    }

    @Test
    void servesItsOwnFolderThoughCdpathIsSet() throws Exception {
        Path root = unpack(folder);
        Path trap = folder.resolve("trap");
        Files.createDirectories(trap.resolve("bin"));
        String start = "cd '" + root + "' && exec bin/reactor --port 0";

        try (ServerProcess server = script(Map.of("CDPATH", trap.toString()), "sh", "-c", start)) {
            assertTrue(server.line().contains("(home " + root.toRealPath() + ")"), server.errors()::toString);
        }
    }

    @Test
    void isNotHeldUpByWhatEditorsAndSystemsLeaveInConf() throws Exception {
        Path home = folder.resolve("home");
        Path conf = Files.createDirectories(home.resolve("conf"));
        configure(home);
        litter(conf);

        try (ServerProcess server = ServerProcess.ready(home)) {
            servesShout(home);
            Files.delete(conf.resolve(".#" + Shout.PID + ".cfg"));
            litter(conf);
            server.terminate();

            assertEquals(0, server.exitStatus());
            assertEquals(List.of(), server.errors());
        }
    }

    private static void litter(Path conf) throws IOException {
        Files.createSymbolicLink(conf.resolve(".#" + Shout.PID + ".cfg"), Path.of("user@host.1234:5678"));
        for (String name : List.of("._" + Shout.PID + ".cfg", Shout.PID + ".cfg~", "." + Shout.PID + ".cfg.swp")) {
            Files.write(conf.resolve(name), new byte[] {0, 5, 0x16, 7, (byte) 0xFF, '\n', '\\', 'u', 'x'});
        }
    }

    private void configure(Path home) throws IOException {
        Files.writeString(home.resolve("conf/" + Shout.PID + ".cfg"), "reactor.port = " + port + "\n");
    }

    private void servesShout(Path home) throws Exception {
        await().atMost(ServerProcess.BOUND).until(() -> Files.isDirectory(home.resolve("deploy")));
        TestBundle.build(home.resolve("deploy/shout.jar"));
        await().atMost(ServerProcess.BOUND).until(() -> {
            try (Socket socket = ServerProcess.connect(port)) {
                return "X".equals(EchoIT.exchange(socket, "x"));
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static ServerProcess script(Map<String, String> environment, Object... command) throws Exception {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("JAVA_OPTS", ServerProcess.ASSERTIONS);
        List<Object> line = new java.util.ArrayList<>(List.of(command));
        if (command.length == 1) {
            line.addAll(List.of("--port", 0));
        }
        return ServerProcess.command(all, line);
    }

    private static Path unpack(Path into) throws Exception {
        List<Object> tar = List.of("tar", "xzf", System.getProperty("launcher.distribution"), "-C", into);
        try (ServerProcess unpacking = ServerProcess.command(Map.of(), tar)) {
            assertEquals(0, unpacking.exitStatus());
        }
        return into.resolve("tonyreactor-" + System.getProperty("launcher.version"));
    }
}
