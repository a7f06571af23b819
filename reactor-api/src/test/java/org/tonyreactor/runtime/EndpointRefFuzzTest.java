package org.tonyreactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** Whatever a person writes in place of an endpoint. */
class EndpointRefFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isAReferenceThatItsOwnTextNamesOrIsRefusedWithARemedy(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        EndpointRef ref;
        try {
            ref = EndpointRef.of(text);
        } catch (IllegalArgumentException refused) {
            assertTrue(String.valueOf(refused.getMessage()).contains(" names no endpoint: write host:port "));
            return;
        }

        assertEquals(ref, EndpointRef.of(ref.toString()));
        assertEquals(ref.hashCode(), EndpointRef.of(ref.toString()).hashCode());
        assertEquals(ref.toString(), EndpointRef.of(" " + ref + "\n").toString());
        EndpointDTO endpoint = new EndpointDTO();
        boolean isAddress = ref.toString().contains(":");
        endpoint.address = isAddress ? ref.toString() : "127.0.0.1:1";
        endpoint.name = isAddress ? "" : ref.toString();
        assertTrue(ref.matches(endpoint));
    }
}
