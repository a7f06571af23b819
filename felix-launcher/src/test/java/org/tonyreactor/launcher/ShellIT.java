package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.launcher.hanging.HangingActivator;

/** The commands at the prompt of the shell. */
@EnabledOnOs(OS.LINUX)
final class ShellIT {
    @TempDir
    Path home;

    @Test
    void listsTheEchoAndEndsWithCtrlD() throws Exception {
        try (ServerProcess server = ServerProcess.onTerminal(home)) {
            server.lineWith("Welcome");

            server.type("reactor:endpoint-list\r");

            server.lineWith("NAME  ADDRESS");
            server.lineWith("echo  127.0.0.1:");
            server.type("\004");
            assertEquals(0, server.exitStatus());
        }
    }

    @Test
    void saysInOneLineWhatIsWrongAndFails() throws Exception {
        try (ServerProcess server = ServerProcess.onTerminal(home)) {
            server.lineWith("Welcome");

            server.type("reactor:endpoint-show nothing\r");
            server.lineWith("there is no endpoint nothing: the endpoints are 127.0.0.1:");

            server.type("try { reactor:endpoint-show nothing } { echo caught \"-\" $exception }\r");
            server.lineWith("caught - there is no endpoint nothing");
        }
    }

    @Test
    void saysWhereABundleHangsInItsStart() throws Exception {
        TestBundle.build(
                Files.createDirectories(home.resolve("deploy")).resolve("hanging.jar"),
                HangingActivator.class,
                HotDeployIT.hangingIn("start"));

        try (ServerProcess server = ServerProcess.onTerminal(home)) {
            server.lineWith("the start of org.tonyreactor.test.hangingactivator");

            server.type("reactor:why hangingactivator\r");

            server.lineWith(" is not live.");
            server.lineWith("because      the start of");
            server.lineWith("has not come back for");
            server.lineWith("HangingActivator.start("); // In a line of its own: the terminal is narrow.
        }
    }

    @Test
    void completesNamesOfEndpoints() throws Exception {
        try (ServerProcess server = ServerProcess.onTerminal(home)) {
            server.lineWith("Welcome");

            server.type("reactor:endpoint-show ec\t\r");

            server.lineWith("  name         echo");
        }
    }
}
