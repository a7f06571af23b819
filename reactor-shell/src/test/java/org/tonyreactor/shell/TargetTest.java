package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** Which endpoint is meant: hosts are addresses, as in the engine, and no texts. */
final class TargetTest {
    private final FakeContext shell = new FakeContext();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost:7007",
        "localhost, 127.0.0.1:7007",
        "127.0.0.1, LOCALHOST:7007",
        "127.0.0.1, 127.1:7007",
        "127.0.0.1, [::ffff:127.0.0.1]:7007",
        "*, 0.0.0.0:7007",
        "*, [::]:7007",
        "0.0.0.0, *:7007",
        "::1, [0:0:0:0:0:0:0:1]:7007"
    })
    void otherSpellingsAreTheSameEndpoint(String host, String typed) throws Exception {
        serve("echo", host);

        assertEquals(
                HumanFormat.address(host, 7007),
                Target.served(shell.runtime, typed).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7007", "echo", "localhost:7007", "127.0.0.1:7007"})
    void factoriesThatSpellOneAddressInTwoWaysAreOneEndpoint(String typed) throws Exception {
        serve("echo", "localhost");
        serve("echo", "127.0.0.1");

        List<String> lines = shell.lines(new EndpointShow(typed));

        assertEquals(2, lines.stream().filter(line -> line.contains("  name ")).count(), lines.toString());
    }

    @Test
    void factoryThatIsNotServedThereIsShownInWhateverSpelling() throws Exception {
        serve("echo", "127.0.0.1");
        FailedEndpointDTO failed = new FailedEndpointDTO();
        failed.name = "chat";
        failed.host = "localhost";
        failed.port = 7007;
        failed.message = "service 1 is better";
        failed.reason = FailedEndpointDTO.REASON_SHADOWED_BY_OTHER_SERVICE;
        shell.add(failed);

        List<String> lines = shell.lines(new EndpointShow("7007"));

        assertTrue(lines.stream().anyMatch(line -> line.contains("chat")), lines.toString());
    }

    @Test
    void allAddressesAndOneOfThemAreTwoEndpoints() {
        serve("echo", "*");
        serve("echo", "127.0.0.1");

        CommandFailure failure = assertThrows(CommandFailure.class, () -> Target.served(shell.runtime, "7007"));

        assertEquals("7007 is ambiguous: say which of *:7007, 127.0.0.1:7007", failure.getMessage());
    }

    @Test
    void oneAddressIsNotThatOfAll() {
        serve("echo", "*");

        assertThrows(CommandFailure.class, () -> Target.served(shell.runtime, "127.0.0.1:7007"));
    }

    @Test
    void anotherPortIsAnotherEndpoint() {
        serve("echo", "127.0.0.1");

        assertThrows(CommandFailure.class, () -> Target.served(shell.runtime, "localhost:7008"));
    }

    private void serve(String name, String host) {
        EndpointDTO endpoint = shell.endpoint(name, 7007);
        endpoint.host = host;
        endpoint.address = HumanFormat.address(host, 7007);
    }
}
