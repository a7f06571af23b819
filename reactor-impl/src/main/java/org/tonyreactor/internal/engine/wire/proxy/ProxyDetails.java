package org.tonyreactor.internal.engine.wire.proxy;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a header of version 2 says beside addresses. It is as true as the proxy.
 *
 * @param applicationProtocol the protocol that ALPN has chosen between client and proxy
 * @param authority the host name that the client has asked for, as with SNI
 * @param uniqueId the proxy's name for the connection, in hexadecimal digits
 * @param tls the TLS connection between client and proxy; null if there is none
 */
public record ProxyDetails(
        @Nullable String applicationProtocol,
        @Nullable String authority,
        @Nullable String uniqueId,
        @Nullable Tls tls) {
    /** The proxy says nothing more. */
    public static final ProxyDetails NONE = new ProxyDetails(null, null, null, null);

    /** The longest unique id. */
    static final int UNIQUE_ID_BYTES = 128;

    private static final int SSL_CLIENT = 1;

    /**
     * A TLS connection that ends at the proxy.
     *
     * @param isVerified whether the client has shown a certificate and the proxy has found it valid
     * @param commonName the name in that certificate
     */
    public record Tls(
            @Nullable String version,
            @Nullable String cipherSuite,
            @Nullable String commonName,
            boolean isVerified) {}

    static ProxyDetails of(List<Tlv> tlvs) throws ProxyException {
        String applicationProtocol = null;
        String authority = null;
        String uniqueId = null;
        Tls tls = null;
        for (Tlv each : tlvs) {
            switch (each.type()) {
                case Tlv.ALPN -> applicationProtocol = each.text();
                case Tlv.AUTHORITY -> authority = each.text();
                case Tlv.UNIQUE_ID -> uniqueId = idOf(each);
                case Tlv.SSL -> tls = tlsOf(each);
                default -> {} // Others may be there, and may be made up.
            }
        }
        return new ProxyDetails(applicationProtocol, authority, uniqueId, tls);
    }

    private static String idOf(Tlv each) throws ProxyException {
        int bytes = each.value().remaining();
        if (bytes > UNIQUE_ID_BYTES) {
            throw new ProxyException("a unique id has " + bytes + " bytes, more than " + UNIQUE_ID_BYTES);
        }
        return HexFormat.of().formatHex(each.bytes());
    }

    private static @Nullable Tls tlsOf(Tlv each) throws ProxyException {
        if (each.value().remaining() < 1 + Integer.BYTES) {
            throw new ProxyException("what it says of TLS is cut off");
        }
        boolean isTls = (each.value().get(0) & SSL_CLIENT) != 0;
        boolean isVerified =
                (each.value().get(0) & ~SSL_CLIENT) != 0 && each.value().getInt(1) == 0;
        if (!isTls) {
            return null;
        }
        List<Tlv> parts =
                Tlv.all(each.value().slice(1 + Integer.BYTES, each.value().remaining() - 1 - Integer.BYTES));
        return new Tls(
                Tlv.textOf(parts, Tlv.SSL_VERSION),
                Tlv.textOf(parts, Tlv.SSL_CIPHER),
                Tlv.textOf(parts, Tlv.SSL_COMMON_NAME),
                isVerified);
    }
}
