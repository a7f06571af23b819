package org.tonyreactor.shell.why;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.runtime.dto.WorkerDTO;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.FrameworkContext;
import org.tonyreactor.shell.Screen;
import org.tonyreactor.shell.StrictJson;

/** Who asks for a port, or for the bundle, is told which worker is held up, by whom, since when, and where. */
final class HeldUpWorkersTest {
    private static final String STUCK = "org.example.stuck";
    private static final String FRAME = "org.example.stuck.Stuck.dataReceived(Stuck.java:12)";

    @TempDir
    Path folder;

    private final RuntimeDTO runtime = new RuntimeDTO();
    private final WorkerDTO worker = new WorkerDTO();
    private FrameworkWithBundles framework;
    private Bundle stuck;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkWithBundles(folder.resolve("felix"));
        framework.context().registerService(ReactorRuntime.class, () -> runtime, null);
        stuck = framework.install(STUCK, Map.of(), Map.of("org/example/stuck/Stuck.class", new byte[0]));
        stuck.start();
        worker.thread = "reactor-worker-0";
        worker.connections = 12;
        worker.heldUpMillis = 65_000;
        worker.heldUpStack = new String[] {"java.base@17/jdk.internal.misc.Unsafe.park(Native Method)", FRAME};
        runtime.workerDTOs = new WorkerDTO[] {new WorkerDTO(), worker};
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @Test
    void tellsItOfAnyPort() throws Exception {
        worker.heldUpEndpoint = "chat";
        worker.heldUpServiceId = 21;
        worker.heldUpBundleId = stuck.getBundleId();

        List<String> lines = lines(new Why("7007", false));

        assertEquals(
                List.of(
                        "  because      reactor-worker-0 is held up for 1m05s by chat, service 21 of",
                        "               org.example.stuck 1.0.0 (bundle " + stuck.getBundleId()
                                + "), with 12 connections on it",
                        "  do           have that callback return; the stack shows where it is",
                        "    at java.base@17/jdk.internal.misc.Unsafe.park(Native Method)",
                        "    at " + FRAME),
                lines.subList(lines.size() - 5, lines.size()));
    }

    @Test
    void tellsProgramsTheWholeStack() throws Exception {
        worker.heldUpStack = IntStream.range(0, 40)
                .mapToObj(depth -> "org.example.Deep.call(Deep.java:" + depth + ")")
                .toArray(String[]::new);

        JsonArray findings = json(new Why("7007", false)).getAsJsonArray("findings");
        JsonObject heldUp = findings.get(findings.size() - 1).getAsJsonObject();
        List<String> lines = lines(new Why("7007", false));

        assertEquals("held-up", heldUp.get("cause").getAsString());
        assertEquals(40, heldUp.getAsJsonArray("stack").size());
        assertEquals("    and 24 more; --json has all", lines.get(lines.size() - 1));
    }

    @Test
    void findsTheBundleByTheStackWhereTheEngineDoesNotKnowIt() throws Exception {
        List<String> lines = lines(new Why("7007", false));

        assertTrue(String.join("", lines).contains("by org.example.stuck 1.0.0"), lines::toString);
    }

    @Test
    void saysThatNobodyIsKnown() throws Exception {
        worker.heldUpStack = new String[] {"java.base@17/java.lang.Thread.sleep(Native Method)", "Odd", "a.B.c(D:1)"};

        List<String> lines = lines(new Why("7007", false));

        assertTrue(String.join("\n", lines).contains("by code that is no service"), lines::toString);
    }

    private List<String> lines(Why why) throws CommandFailure {
        try (FrameworkContext shell = new FrameworkContext(framework.context())) {
            List<String> lines = why.answer(shell).lines().get();
            Screen.assertFits(lines, "why");
            return lines;
        }
    }

    private JsonObject json(Why why) throws CommandFailure {
        try (FrameworkContext shell = new FrameworkContext(framework.context())) {
            return StrictJson.parse(why.answer(shell).print(true)).getAsJsonObject();
        }
    }
}
