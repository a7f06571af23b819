package org.tonyreactor.sample.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.junit.Lifecycle;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.tonyreactor.transport.Transport;

/** Whatever a peer sends, in whatever pieces, with an update of the bundle between them. */
class LineCountFuzzTest {
    private final StringBuilder written = new StringBuilder();
    private final Transport transport = (Transport) Proxy.newProxyInstance(
            Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> {
                written.append(StandardCharsets.US_ASCII.decode((ByteBuffer) arguments[0]));
                return null;
            });

    @FuzzTest(maxDuration = "1m", lifecycle = Lifecycle.PER_EXECUTION)
    void countsEachLineOnceHoweverTheInputIsCut(byte[] input) {
        int pieceBytes = input.length == 0 ? 1 : 1 + Byte.toUnsignedInt(input[0]);
        LineCount protocol = connection();
        StringBuilder expected = new StringBuilder();
        int lines = 0;
        for (int from = 0; from < input.length; from += pieceBytes) {
            ByteBuffer piece = ByteBuffer.wrap(input, from, Math.min(pieceBytes, input.length - from));
            for (int i = piece.position(); i < piece.limit(); i++) {
                if (input[i] == '\n') {
                    expected.append("version 1, line ").append(++lines).append('\n');
                }
            }

            protocol.dataReceived(piece);

            assertFalse(piece.hasRemaining());
            LineCount next = connection();
            next.resume(protocol.suspend());
            protocol = next;
        }
        assertEquals(expected.toString(), written.toString());
        refusesEveryOtherState(input);
    }

    private void refusesEveryOtherState(byte[] input) {
        if (input.length > 0 && input[0] != 1) {
            assertThrows(IllegalStateException.class, () -> connection().resume(ByteBuffer.wrap(input)));
        }
    }

    private LineCount connection() {
        LineCount protocol = new LineCount("1");
        protocol.attach(transport);
        return protocol;
    }
}
