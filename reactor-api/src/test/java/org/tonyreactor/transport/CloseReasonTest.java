package org.tonyreactor.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tonyreactor.transport.CloseReason.Kind;

class CloseReasonTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void reasonWithoutAFailureTellsItsKind(Kind kind) {
        CloseReason reason = CloseReason.of(kind);

        assertEquals(kind, reason.kind());
        assertNull(reason.cause());
        assertEquals(kind.name(), reason.message());
    }

    @Test
    void failureIsKeptAndTold() {
        IOException failure = new IOException("no route to host");

        CloseReason reason = CloseReason.of(Kind.IO_ERROR, failure);

        assertEquals(Kind.IO_ERROR, reason.kind());
        assertSame(failure, reason.cause());
        assertEquals("IO_ERROR: java.io.IOException: no route to host", reason.message());
        assertEquals(reason.message(), reason.toString());
    }

    @Test
    @SuppressWarnings("NullAway") // The caller's error is the point.
    void failureIsNotNull() {
        assertThrows(NullPointerException.class, () -> CloseReason.of(Kind.IO_ERROR, null));
    }
}
