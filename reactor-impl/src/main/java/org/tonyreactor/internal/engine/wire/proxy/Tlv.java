package org.tonyreactor.internal.engine.wire.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One addition to a header of version 2: a type, a length and a value.
 *
 * @param type one of the constants, or a type that this code does not know
 * @param at the index of its value in the bytes that it was read from
 * @param value a view of the header
 */
record Tlv(int type, int at, ByteBuffer value) {
    static final int ALPN = 0x01;
    static final int AUTHORITY = 0x02;
    static final int CRC32C = 0x03;
    static final int UNIQUE_ID = 0x05;
    static final int SSL = 0x20;
    static final int SSL_VERSION = 0x21;
    static final int SSL_COMMON_NAME = 0x22;
    static final int SSL_CIPHER = 0x23;

    /** The type and the length. */
    static final int HEAD_BYTES = 3;

    /** All additions in these bytes, which are read to their end. */
    static List<Tlv> all(ByteBuffer from) throws ProxyException {
        List<Tlv> all = new ArrayList<>();
        while (from.hasRemaining()) { // Ends: each one takes three bytes or more.
            if (from.remaining() < HEAD_BYTES) {
                throw new ProxyException("an addition is cut off");
            }
            int type = Byte.toUnsignedInt(from.get());
            int length = Short.toUnsignedInt(from.getShort());
            if (length > from.remaining()) {
                throw new ProxyException(
                        "an addition has " + length + " bytes, and the header ends after " + from.remaining());
            }
            all.add(new Tlv(type, from.position(), from.slice(from.position(), length)));
            from.position(from.position() + length);
        }
        return all;
    }

    static @Nullable String textOf(List<Tlv> of, int type) {
        for (Tlv each : of) {
            if (each.type == type) {
                return each.text();
            }
        }
        return null;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        byte[] bytes = new byte[value.remaining()];
        value.get(0, bytes);
        return bytes;
    }
}
