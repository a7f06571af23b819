package org.tonyreactor.internal.engine.wire.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a header from the first bytes of a stream. Any thread. */
public final class HeaderReader {
    /** How many bytes a header has at most, of either version. More are refused. */
    public static final int MAX_BYTES = 4096;

    private HeaderReader() {}

    /**
     * Reads a header if all of its bytes are there, and moves the position behind it. Otherwise the position stays.
     *
     * @return null if bytes are missing
     * @throws ProxyException if the bytes are not the beginning of a header of these versions, as soon as that is known
     */
    public static @Nullable ProxyHeader read(ByteBuffer from, ProxyVersions versions) throws ProxyException {
        boolean mayBeText = versions.takesText() && begins(from, TextHeader.SIGNATURE);
        boolean mayBeBinary = versions.takesBinary() && begins(from, BinaryHeader.SIGNATURE);
        if (!mayBeText && !mayBeBinary) {
            throw new ProxyException("no header of "
                    + (versions == ProxyVersions.ANY
                            ? "version 1 or 2"
                            : "version " + versions.name().charAt(1)) + " came first");
        }
        if (mayBeText && mayBeBinary) {
            return null; // Nothing is there yet.
        }
        return mayBeText ? TextHeader.read(from) : BinaryHeader.read(from);
    }

    private static boolean begins(ByteBuffer from, byte[] signature) {
        int count = Math.min(from.remaining(), signature.length);
        for (int i = 0; i < count; i++) {
            if (from.get(from.position() + i) != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
