package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.WorkerDTO;

final class ConnectionCommandsTest {
    private final FakeContext shell = new FakeContext();

    @BeforeEach
    void connect() {
        shell.admin.connections = new ConnectionDTO[] {
            connection(1, "echo", "10.0.0.1:40001", ConnectionDTO.STATE_OPEN, 300),
            connection(2, "echo", "10.0.0.2:40002", ConnectionDTO.STATE_SUSPENDED, 100),
            connection(3, "chat", "10.0.0.1:40003", ConnectionDTO.STATE_CLOSING, 200)
        };
    }

    @Test
    void listsAllInTheOrderOfTheirIds() throws Exception {
        assertEquals(
                List.of(
                        "ID  ENDPOINT  PEER            STATE        AGE   IDLE   IN   OUT  PENDING",
                        " 1  echo      10.0.0.1:40001  open       300ms  150ms  300  2.0K        5",
                        " 2  echo      10.0.0.2:40002  suspended  100ms   50ms  100  2.0K        5",
                        " 3  chat      10.0.0.1:40003  closing    200ms  100ms  200  2.0K        5"),
                shell.lines(list(null, null, null, null, null)));
    }

    @Test
    void showsPeersThatWaitBehindAllThatHaveAnId() throws Exception {
        ConnectionDTO waiting = connection(-1, "echo", "10.0.0.9:40009", ConnectionDTO.STATE_WAITING, 0);
        ConnectionDTO open = connection(4, "echo", "10.0.0.1:40001", ConnectionDTO.STATE_OPEN, 0);
        shell.admin.connections = new ConnectionDTO[] {waiting, open};

        List<String> lines = shell.lines(list(null, null, null, null, null));

        assertTrue(lines.get(1).startsWith(" 4  echo"), lines::toString);
        assertTrue(lines.get(2).startsWith(" -  echo      10.0.0.9:40009  waiting"), lines::toString);
        assertEquals(List.of(-1L), ids(list(null, null, "waiting", null, null)));
        assertEquals(List.of("4"), Candidates.CONNECTIONS.of(shell));
    }

    @Test
    void filtersByEndpointPeerAndState() throws Exception {
        assertEquals(List.of(1L, 2L), ids(list("echo", null, null, null, null)));
        assertEquals(List.of(3L), ids(list("7003", null, null, null, null)));
        assertEquals(List.of(3L), ids(list(":7003", null, null, null, null)));
        shell.endpoint("chat", 7003);
        assertEquals(List.of(3L), ids(list("127.0.0.1:7003", null, null, null, null)));
        assertEquals(List.of(1L, 3L), ids(list(null, "10.0.0.1", null, null, null)));
        assertEquals(List.of(2L), ids(list(null, null, "suspended", null, null)));
        assertEquals(List.of(1L), ids(list("echo", "10.0.0.1", "open", null, null)));
    }

    @Test
    void failsForAnEndpointThatThereIsNot() throws Exception {
        assertFails("there is no endpoint nix: none is served", list("nix", null, null, null, null));
        shell.endpoint("chat", 7003);
        shell.endpoint("quiet", 7009);
        for (String none : List.of("nix", "003", ":7004", "127.0.0.2:7003")) {
            assertFails(
                    "there is no endpoint " + none + ": the endpoints are 127.0.0.1:7003, 127.0.0.1:7009",
                    list(none, null, null, null, null));
        }
        assertEquals(List.of(), ids(list("quiet", null, null, null, null)), "it is there and has none");
    }

    @Test
    void sortsTheGreatestFirst() throws Exception {
        assertEquals(List.of(1L, 3L, 2L), ids(list(null, null, null, "age", null)));
        assertEquals(List.of(1L, 3L, 2L), ids(list(null, null, null, "in", null)));
        assertEquals(List.of(3L, 1L, 2L), ids(list(null, null, null, "endpoint", null)));
    }

    @Test
    void knowsEveryOrderItTellsOf() throws Exception {
        for (String order : ConnectionList.orders()) {
            assertEquals(3, ids(list(null, null, null, order, null)).size(), order);
        }
    }

    @Test
    void showsWhatItWasSortedBy() throws Exception {
        assertTrue(shell.lines(list(null, null, null, "unread", null)).get(0).endsWith("UNREAD"));
        assertTrue(shell.lines(list(null, null, null, "handovers", null)).get(0).endsWith("HANDOVERS"));
    }

    @Test
    void saysHowManyItLeftOut() throws Exception {
        List<String> lines = shell.lines(list(null, null, null, null, "2"));

        assertEquals("2 of 3 connections; --limit 0 shows all.", lines.get(3));
        JsonObject json =
                StrictJson.parse(shell.json(list(null, null, null, null, "2"))).getAsJsonObject();
        assertEquals(3, json.get("matching").getAsInt());
        assertEquals(2, json.getAsJsonArray("connections").size());
    }

    @Test
    void showsAHundredUnlessItIsAskedForAll() throws Exception {
        shell.admin.connections = new ConnectionDTO[250];
        for (int i = 0; i < 250; i++) {
            shell.admin.connections[i] = connection(i, "echo", "10.0.0.1:" + i, ConnectionDTO.STATE_OPEN, i);
        }

        assertEquals(100, ids(list(null, null, null, null, null)).size());
        assertEquals(250, ids(list(null, null, null, null, "0")).size());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertFails(
                "::1:7 names no endpoint: write host:port with a port up to 65535, [v6]:port, unix:/path or the name of an"
                        + " endpoint",
                list("::1:7", null, null, null, null));
        assertFails(
                "shut is no state: write one of connecting, open, suspended, closing, waiting",
                list(null, null, "shut", null, null));
        assertFails(
                "size is no order: write one of id, endpoint, peer, age, idle, in, out, pending, unread, handovers",
                list(null, null, null, "size", null));
        assertFails("many is no limit: write a number such as 12", list(null, null, null, null, "many"));
        assertFails("-1 is no limit: write a number such as 12", list(null, null, null, null, "-1"));
    }

    @Test
    void closesConnections() throws Exception {
        assertEquals(List.of("Closed 1, 3."), shell.lines(new ConnectionClose(List.of("1", "3"))));
        assertEquals(List.of("closeConnection 1", "closeConnection 3"), shell.admin.told);
    }

    @Test
    void saysWhichConnectionsAreNotThere() {
        assertFails("there is no connection 9; closed 1", new ConnectionClose(List.of("1", "9")));
        assertFails("there is no connection 9", new ConnectionClose(List.of("9")));
    }

    @Test
    void tellsWhoseConnectionsAreMissing() throws Exception {
        WorkerDTO worker = new WorkerDTO();
        worker.thread = "reactor-worker-1";
        worker.connections = 12;
        shell.runtime.workerDTOs = new WorkerDTO[] {worker};
        shell.admin.missingThreads = new String[] {"reactor-worker-1"};

        List<String> lines = shell.lines(list(null, null, null, null, null));

        assertEquals("reactor-worker-1 has not answered: its 12 connections are not shown.", lines.get(4));
        JsonObject json =
                StrictJson.parse(shell.json(list(null, null, null, null, null))).getAsJsonObject();
        assertEquals(
                "reactor-worker-1", json.getAsJsonArray("missingThreads").get(0).getAsString());
    }

    @Test
    void tellsWhatIsMissingOfAnEmptyListToo() throws Exception {
        shell.admin.connections = new ConnectionDTO[0];
        shell.admin.missingThreads = new String[] {"reactor-acceptor"};

        assertEquals(
                List.of("No connection.", "reactor-acceptor has not answered: what it has is not shown."),
                shell.lines(list(null, null, null, null, null)));
    }

    @Test
    void doesNotSayThatThereIsNoConnectionWhenNobodyHasAnswered() {
        shell.admin.missingThreads = new String[] {"reactor-worker-1"};

        assertFails(
                "connection 9: not answered in time by reactor-worker-1; closed 1",
                new ConnectionClose(List.of("1", "9")));
    }

    @Test
    void closesNothingWhenOneIdIsNoNumber() {
        assertFails("x is no connection id: write a number such as 12", new ConnectionClose(List.of("1", "x")));

        assertEquals(List.of(), shell.admin.told);
    }

    private void assertFails(String message, ShellCommand command) {
        assertEquals(
                message,
                assertThrows(CommandFailure.class, () -> shell.lines(command)).getMessage());
    }

    private List<Long> ids(ShellCommand command) throws CommandFailure {
        List<Long> ids = new ArrayList<>();
        JsonObject json = StrictJson.parse(shell.json(command)).getAsJsonObject();
        for (JsonElement each : json.getAsJsonArray("connections")) {
            ids.add(each.getAsJsonObject().get("id").getAsLong());
        }
        return ids;
    }

    private static ConnectionList list(
            @Nullable String endpoint,
            @Nullable String peer,
            @Nullable String state,
            @Nullable String sort,
            @Nullable String limit) {
        return new ConnectionList(endpoint, peer, state, sort, limit);
    }

    private static ConnectionDTO connection(long id, String endpoint, String remote, int state, long figure) {
        ConnectionDTO connection = new ConnectionDTO();
        connection.id = id;
        connection.endpoint = endpoint;
        connection.remote = remote;
        connection.local = "127.0.0.1:" + (7000 + id);
        connection.state = state;
        connection.ageMillis = figure;
        connection.idleMillis = figure / 2;
        connection.bytesIn = figure;
        connection.bytesOut = 2048;
        connection.pendingBytes = 5;
        return connection;
    }
}
