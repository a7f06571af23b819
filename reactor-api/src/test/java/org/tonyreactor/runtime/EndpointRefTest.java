package org.tonyreactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tonyreactor.runtime.dto.EndpointDTO;

class EndpointRefTest {
    private final EndpointDTO echo = endpoint("echo", "127.0.0.1:7007");

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:7007", "[::1]:0", "*:65535", "[fe80::1%eth0]:1", "unix:/run/echo.sock", "echo", "7007"
            })
    void isItsOwnText(String text) {
        assertEquals(text, EndpointRef.of(text).toString());
        assertEquals(EndpointRef.of(text), EndpointRef.of(" " + text + "\n"));
        assertEquals(EndpointRef.of(text).hashCode(), EndpointRef.of(text).hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                ":7007",
                "127.0.0.1:",
                "127.0.0.1:65536",
                "127.0.0.1:echo",
                "::1:7007",
                "[::1]",
                "[]:1",
                "unix:/",
                "unix:echo"
            })
    void saysWhatToWriteInPlaceOfBadText(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> EndpointRef.of(text));

        assertEquals(
                (text.isBlank() ? "an empty text" : text)
                        + " names no endpoint: write host:port with a port up to 65535, [v6]:port, unix:/path or the name of an"
                        + " endpoint",
                refused.getMessage());
    }

    @Test
    void findsAnEndpointByItsAddressOrItsName() {
        assertTrue(EndpointRef.of("127.0.0.1:7007").matches(echo));
        assertTrue(EndpointRef.of("127.0.0.1:07007").matches(echo));
        assertTrue(EndpointRef.of("echo").matches(echo));
        assertFalse(EndpointRef.of("127.0.0.1:7008").matches(echo));
        assertFalse(EndpointRef.of("Echo").matches(echo));
        assertFalse(EndpointRef.of("7007").matches(echo));
    }

    @Test
    void writesHostsInAnyCase() {
        assertTrue(EndpointRef.of("LOCALHOST:7007").matches(endpoint("", "LocalHost:7007")));
        assertEquals(EndpointRef.of("localhost:7007"), EndpointRef.of("LocalHost:7007"));
        assertNotEquals(EndpointRef.of("echo"), EndpointRef.of("Echo"));
    }

    @Test
    void takesNoNameForAnAddress() {
        assertFalse(EndpointRef.of("127.0.0.1:7007").matches(endpoint("127.0.0.1:7007", "127.0.0.1:7008")));
    }

    private static EndpointDTO endpoint(String name, String address) {
        EndpointDTO endpoint = new EndpointDTO();
        endpoint.name = name;
        endpoint.address = address;
        return endpoint;
    }
}
