package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.WorkerDTO;
import org.tonyreactor.shell.EndpointChange.Change;

final class EndpointCommandsTest {
    private final FakeContext shell = new FakeContext();
    private EndpointDTO echo = new EndpointDTO();

    @BeforeEach
    void serveEcho() {
        echo = shell.endpoint("echo", 7007);
        echo.serviceId = 21;
        echo.bundleId = 11;
        shell.bundle(11, "org.example.echo", "1.2.3");
    }

    @Test
    void listsVersionsConnectionsAndRates() throws Exception {
        echo.connections = 3;
        echo.accepted = 1_000;
        echo.bytesIn = 1 << 20;
        echo.bytesOut = 1 << 30;
        shell.meanwhile(() -> {
            echo.accepted += 10;
            echo.bytesIn += 512;
            echo.bytesOut += 1024;
        });

        List<String> lines = shell.lines(new EndpointList());

        assertEquals(
                List.of(
                        "NAME  ADDRESS         STATE  VERSION  CONNS  NEW/S  IN/S  OUT/S",
                        "echo  127.0.0.1:7007  bound  1.2.3        3     40  2.0K   4.0K"),
                lines);
    }

    @Test
    void listsTheSameAsJson() throws Exception {
        shell.meanwhile(() -> echo.accepted += 10);

        JsonArray list = StrictJson.parse(shell.json(new EndpointList())).getAsJsonArray();

        JsonObject only = list.get(0).getAsJsonObject();
        assertEquals(1, list.size());
        assertEquals("bound", only.get("state").getAsString());
        assertEquals("1.2.3", only.get("bundleVersion").getAsString());
        assertEquals(40.0, only.get("acceptedPerSecond").getAsDouble());
        assertTrue(only.get("accepting").getAsBoolean());
    }

    @Test
    void hasNoRateForAnEndpointThatCameWhileItMeasured() throws Exception {
        shell.meanwhile(() -> shell.endpoint("new", 7008).accepted = 1000);

        assertTrue(shell.lines(new EndpointList()).get(2).endsWith("0      0     0      0"));
    }

    @Test
    void showsTheMemoryOfEachEndpoint() throws Exception {
        shell.endpoint("big", 7008);
        shell.admin.connections =
                new ConnectionDTO[] {connection("echo", 100), connection("big", 3 << 20), connection("big", 1 << 20)};
        shell.runtime.memoryUsedBytes = 5 << 20;
        shell.runtime.memoryMaxBytes = 32 << 20;
        shell.runtime.memoryHighBytes = 24 << 20;
        shell.runtime.memoryEnded = 2;

        assertEquals(
                List.of(
                        "NAME  CONNS  MEMORY  LARGEST",
                        "big       2    4.0M     3.0M",
                        "echo      1     100      100",
                        "5.0M of 32M are in use; above 24M less is read.",
                        "2 connections ended because memory was short."),
                shell.lines(new EndpointMemory()));
        JsonObject json = StrictJson.parse(shell.json(new EndpointMemory())).getAsJsonObject();
        assertEquals(5 << 20, json.get("usedBytes").getAsLong());
        assertEquals(
                4 << 20,
                json.getAsJsonArray("endpoints")
                        .get(0)
                        .getAsJsonObject()
                        .get("memoryBytes")
                        .getAsLong());
    }

    private static ConnectionDTO connection(String endpoint, long memoryBytes) {
        ConnectionDTO connection = new ConnectionDTO();
        connection.endpoint = endpoint;
        connection.memoryBytes = memoryBytes;
        return connection;
    }

    @Test
    void saysThatNothingIsServed() throws Exception {
        assertTrue(new FakeContext().lines(new EndpointList()).get(0).startsWith("No endpoint is served."));
    }

    @Test
    void tellsBelowTheListWhatIsWrongWithTheEnginesThreads() throws Exception {
        WorkerDTO worker = new WorkerDTO();
        worker.thread = "reactor-worker-0";
        worker.heldUpMillis = 12_000;
        worker.heldUpEndpoint = "echo";
        worker.heldUpBundleId = 11;
        worker.threadRestarts = 2;
        shell.runtime.workerDTOs = new WorkerDTO[] {worker, new WorkerDTO()};
        shell.runtime.acceptorRestarts = 1;

        List<String> lines = shell.lines(new EndpointList());

        assertEquals(
                List.of(
                        "reactor-worker-0 is held up for 12s by echo of bundle 11; reactor:why of an",
                        "endpoint's port shows where.",
                        "The thread reactor-acceptor has died and was replaced, 1 time: the log says of",
                        "what.",
                        "The thread reactor-worker-0 has died and was replaced, 2 times: the log says of",
                        "what."),
                lines.subList(2, lines.size()));
        JsonObject json = StrictJson.parse(shell.json(new EndpointShow("echo"))).getAsJsonObject();
        assertEquals(1, json.get("acceptorRestarts").getAsLong());
        assertEquals(2, json.getAsJsonArray("workers").size());
    }

    @Test
    void showsHowManyConnectionsHaveEndedAtALimit() throws Exception {
        echo.inputOverflows = 3;
        echo.slowConsumers = 2;
        echo.idleTimeouts = 1;

        assertTrue(
                shell.lines(new EndpointShow("echo")).stream()
                        .anyMatch(line -> line.strip().startsWith("limits")
                                && line.contains("3 ended by INPUT_OVERFLOW, 2 by SLOW_CONSUMER, 1 by")),
                shell.lines(new EndpointShow("echo"))::toString);
        JsonObject json = StrictJson.parse(shell.json(new EndpointShow("echo"))).getAsJsonObject();
        assertTrue(json.toString().contains("\"inputOverflows\":3"), json::toString);
    }

    @Test
    void tellsAnEndpointThatAcceptsNoMoreFromOneThatDoes() throws Exception {
        echo.state = EndpointDTO.STATE_SUSPENDED;
        echo.accepting = false;

        assertTrue(shell.lines(new EndpointList()).get(1).contains("suspended"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "7007", ":7007", "127.0.0.1:7007", "127.0.0.1:07007"})
    void showsAnEndpointByAnyOfItsNames(String name) throws Exception {
        List<String> lines = shell.lines(new EndpointShow(name));

        assertEquals("127.0.0.1:7007", lines.get(0));
        assertTrue(lines.contains("  factory      service 21 of bundle 11, org.example.echo 1.2.3"), lines.toString());
    }

    @Test
    void showsWhoWaitsBehind() throws Exception {
        failed("second", 7007, FailedEndpointDTO.REASON_SHADOWED_BY_OTHER_SERVICE, "service 21 is better");

        List<String> lines = shell.lines(new EndpointShow("7007"));

        assertTrue(lines.contains("  not served   shadowed-by-other-service"), lines.toString());
        JsonObject json = StrictJson.parse(shell.json(new EndpointShow("7007"))).getAsJsonObject();
        assertEquals(1, json.getAsJsonArray("factories").size());
        assertEquals(1, json.getAsJsonArray("notServed").size());
    }

    @Test
    void namesTheEndpointsWhenThereIsNoSuchOne() {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> shell.lines(new EndpointShow("7008")));

        assertEquals("there is no endpoint 7008: the endpoints are 127.0.0.1:7007", failure.getMessage());
        assertEquals(failure.getMessage(), failure.toString());
    }

    @Test
    void takesTheTextThatTheEngineTakes() throws Exception {
        EndpointDTO local = shell.endpoint("local", 7009);
        local.host = "::1";
        local.address = "[::1]:7009";

        assertEquals("[::1]:7009", shell.lines(new EndpointShow("[::1]:7009")).get(0));
        assertEquals(
                "there is no endpoint unix:/run/x: the endpoints are 127.0.0.1:7007, [::1]:7009",
                assertThrows(CommandFailure.class, () -> shell.lines(new EndpointShow("unix:/run/x")))
                        .getMessage());
        assertEquals(
                "::1:7009 names no endpoint: write host:port with a port up to 65535, [v6]:port, unix:/path or the name of an"
                        + " endpoint",
                assertThrows(CommandFailure.class, () -> shell.lines(new EndpointShow("::1:7009")))
                        .getMessage());
    }

    @Test
    void statesAreThoseOfTheDocumentation() throws Exception {
        String page = Files.readString(Path.of("../docs/shell.md"));
        String sentence = page.substring(page.indexOf("\nStates are ") + 1);

        assertEquals(
                Snapshot.endpointStates(),
                Pattern.compile("`([a-z]+)`")
                        .matcher(sentence.substring(0, sentence.indexOf(". ")))
                        .results()
                        .map(match -> match.group(1))
                        .toList());
    }

    @Test
    void asksBackWhenANameIsAmbiguous() {
        shell.endpoint("echo", 7008);

        CommandFailure failure = assertThrows(CommandFailure.class, () -> shell.lines(new EndpointShow("echo")));

        assertEquals("echo is ambiguous: say which of 127.0.0.1:7007, 127.0.0.1:7008", failure.getMessage());
    }

    @Test
    void tellsFailedFactoriesWithTheWholeMessage() throws Exception {
        failed(
                "bad",
                -1,
                FailedEndpointDTO.REASON_VALIDATION_FAILED,
                "reactor.port is missing: " + "set it ".repeat(20));

        List<String> lines = shell.lines(new EndpointFailed());

        assertEquals("bad   127.0.0.1:?  validation-failed       33      12", lines.get(1));
        assertTrue(lines.get(2).startsWith("  reactor.port is missing: set it"), lines.toString());
        assertTrue(lines.size() > 3, lines.toString());
        assertTrue(shell.json(new EndpointFailed()).contains("\"reason\":\"validation-failed\""));
    }

    @Test
    void saysThatNothingHasFailed() throws Exception {
        assertEquals(List.of("Every factory is served."), shell.lines(new EndpointFailed()));
        assertEquals("[]", shell.json(new EndpointFailed()));
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSE, close",
        "DRAIN, drain",
        "HOLD, hold",
        "HAND_OVER, handOver",
        "SUSPEND, suspendAccepting",
        "RESUME, resumeAccepting"
    })
    void tellsTheEngineWhatToDoWithAnEndpoint(Change change, String told) throws Exception {
        shell.admin.handedOver = 17;

        List<String> lines = shell.lines(new EndpointChange(change, "echo"));

        assertEquals(List.of(told + " 127.0.0.1:7007"), shell.admin.told);
        assertTrue(lines.get(0).startsWith("127.0.0.1:7007: "), lines.toString());
    }

    @Test
    void saysHowManyConnectionsWereHandedOver() throws Exception {
        shell.admin.handedOver = 17;

        assertEquals(
                List.of("127.0.0.1:7007: 17 connections handed over."),
                shell.lines(new EndpointChange(Change.HAND_OVER, "echo")));
        assertTrue(shell.json(new EndpointChange(Change.HAND_OVER, "echo")).contains("\"handedOver\":17"));
    }

    @Test
    void saysThatAHeldPortWasGivenUp() throws Exception {
        shell.admin.onClose = () -> shell.runtime.endpointDTOs = new EndpointDTO[0];

        assertEquals(
                List.of("127.0.0.1:7007: closed; the port is free."),
                shell.lines(new EndpointChange(Change.CLOSE, "echo")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"CLOSE", "DRAIN"})
    void claimsNothingThatHasNotHappened(Change change) {
        echo.connections = 2;
        shell.admin.missingThreads = new String[] {"reactor-worker-1"};

        CommandFailure failure =
                assertThrows(CommandFailure.class, () -> shell.lines(new EndpointChange(change, "echo")));

        assertEquals(
                "127.0.0.1:7007: not answered in time by reactor-worker-1; 2 connections still open",
                failure.getMessage());
    }

    @Test
    void tellsTheEngineNothingAboutAnUnknownEndpoint() {
        assertThrows(CommandFailure.class, () -> shell.lines(new EndpointChange(Change.CLOSE, "7008")));

        assertEquals(List.of(), shell.admin.told);
    }

    @Test
    void saysThatThereIsNoEngine() {
        shell.engineRuns = false;

        CommandFailure failure = assertThrows(CommandFailure.class, () -> shell.lines(new EndpointList()));

        assertTrue(String.valueOf(failure.getMessage()).startsWith("no engine is running"));
    }

    private void failed(String name, int port, int reason, String message) {
        FailedEndpointDTO failed = new FailedEndpointDTO();
        failed.name = name;
        failed.host = "127.0.0.1";
        failed.port = port;
        failed.reason = reason;
        failed.message = message;
        failed.serviceId = 33;
        failed.bundleId = 12;
        shell.add(failed);
    }
}
