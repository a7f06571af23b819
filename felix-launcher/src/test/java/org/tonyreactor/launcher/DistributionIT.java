package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive a user unpacks. */
final class DistributionIT {
    private static final Map<String, String> SAME_JAVA =
            Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", ServerProcess.ASSERTIONS);

    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void unpack() throws Exception {
        List<Object> tar = List.of("tar", "xzf", System.getProperty("launcher.distribution"), "-C", folder);
        try (ServerProcess unpacking = ServerProcess.command(Map.of(), tar)) {
            assertEquals(0, unpacking.exitStatus());
        }
        root = folder.resolve("tonyreactor-" + System.getProperty("launcher.version"));
    }

    @Test
    void servesFromItsOwnFolder() throws Exception {
        servesWithoutAWord();
    }

    @Test
    void servesThroughALinkToTheScript() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("reactor"), root.resolve("bin/reactor"));
        List<Object> command = List.of(link, "--port=0", "--home", folder.resolve("home"), "--no-shell");

        try (ServerProcess server = ServerProcess.command(SAME_JAVA, command);
                Socket socket = server.connect()) {
            assertEquals("hello", EchoIT.exchange(socket, "hello"));
            assertTrue(Files.exists(folder.resolve("home/conf/org.tonyreactor.cfg")));
        }
    }

    @Test
    void servesFromAnArchiveOfItsClasses() throws Exception {
        makeArchive();

        servesWithoutAWord();
    }

    @Test
    void leavesOutAnArchiveThatDoesNotFitAnyMore() throws Exception {
        makeArchive();
        Path launcher = root.resolve("lib/felix-launcher-" + System.getProperty("launcher.version") + ".jar");
        Files.setLastModifiedTime(launcher, FileTime.fromMillis(0));

        servesWithoutAWord();
    }

    @Test
    void leavesOutAFileThatIsNoArchive() throws Exception {
        Files.writeString(root.resolve("lib/classes.jsa"), "this is no archive");

        servesWithoutAWord();
    }

    private void makeArchive() throws Exception {
        List<Object> command = List.of(root.resolve("bin/reactor"), "--class-archive");
        try (ServerProcess archiveRun = ServerProcess.command(SAME_JAVA, command)) {
            assertEquals(0, archiveRun.exitStatus());
            assertEquals(List.of(), archiveRun.errors());
        }
        assertTrue(Files.size(root.resolve("lib/classes.jsa")) > 0);
        assertFalse(Files.exists(root.resolve("lib/classes.jsa.new")));
    }

    private void servesWithoutAWord() throws Exception {
        List<Object> command = List.of(root.resolve("bin/reactor"), "--port", 0);
        try (ServerProcess server = ServerProcess.command(SAME_JAVA, command);
                Socket socket = server.connect()) {
            assertEquals("hello", EchoIT.exchange(socket, "hello"));
            server.terminate();

            assertEquals(0, server.exitStatus());
            assertEquals(List.of(), server.errors());
        }
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        Map<String, String> noJava = Map.of("JAVA_HOME", folder.toString());

        try (ServerProcess server = ServerProcess.command(noJava, List.of(root.resolve("bin/reactor")))) {
            String error = server.onlyError(1);
            assertTrue(error.startsWith("tonyReactor: there is no Java at '" + folder + "/bin/java'"), error);
        }
    }
}
