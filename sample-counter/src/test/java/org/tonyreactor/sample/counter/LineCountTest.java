package org.tonyreactor.sample.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tonyreactor.transport.Transport;

class LineCountTest {
    private final StringBuilder written = new StringBuilder();
    /** Keeps what is written; the sample wants nothing else of a transport. */
    private final Transport transport = (Transport) Proxy.newProxyInstance(
            Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> {
                written.append(StandardCharsets.US_ASCII.decode((ByteBuffer) arguments[0]));
                return null;
            });

    @Test
    void nextVersionGoesOnFromTheStateOfTheLast() {
        LineCount first = new LineCount("1");
        first.attach(transport);
        first.dataReceived(ascii("a\nb\nhalf"));
        LineCount second = new LineCount("2");
        second.attach(transport);

        second.resume(first.suspend());
        second.dataReceived(ascii(" a line\n"));

        assertEquals("version 1, line 1\nversion 1, line 2\nversion 2, line 3\n", written.toString());
    }

    @Test
    void refusesAStateItDoesNotKnow() {
        assertThrows(IllegalStateException.class, () -> new LineCount("1").resume(ByteBuffer.wrap(new byte[] {9})));
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
