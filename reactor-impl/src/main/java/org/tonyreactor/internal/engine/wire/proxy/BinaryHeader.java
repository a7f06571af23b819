package org.tonyreactor.internal.engine.wire.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A header of version 2: 16 bytes with a length, two addresses, and additions ({@link Tlv}).
 *
 * <p>LOCAL, families that are unspecified, and datagrams have no addresses that could be used: what they bring is skipped.
 */
final class BinaryHeader {
    static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    private static final int HEAD_BYTES = 16;
    private static final int VERSION = 2;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;
    private static final int TCP_OVER_V4 = 0x11;
    private static final int TCP_OVER_V6 = 0x21;
    private static final int UNIX_STREAM = 0x31;
    /** Families and transports above these do not exist. */
    private static final int LAST_FAMILY = 3;

    private static final int LAST_TRANSPORT = 2;
    private static final int UNIX_BYTES = 108;

    private BinaryHeader() {}

    /** The bytes begin with the signature, as far as they go. */
    static @Nullable ProxyHeader read(ByteBuffer from) throws ProxyException {
        int start = from.position();
        if (from.remaining() > SIGNATURE.length) {
            check(from.get(start + SIGNATURE.length));
        }
        if (from.remaining() < HEAD_BYTES) {
            return null;
        }
        int bytes = HEAD_BYTES + Short.toUnsignedInt(from.getShort(start + HEAD_BYTES - Short.BYTES));
        if (bytes > HeaderReader.MAX_BYTES) {
            throw new ProxyException("the header has " + bytes + " bytes, more than " + HeaderReader.MAX_BYTES);
        }
        if (from.remaining() < bytes) {
            return null;
        }
        ProxyHeader header = parse(from.slice(start, bytes));
        from.position(start + bytes);
        return header;
    }

    private static void check(byte versionAndCommand) throws ProxyException {
        int version = (versionAndCommand & 0xff) >> 4;
        int command = versionAndCommand & 0xf;
        if (version != VERSION || command > PROXY) {
            throw new ProxyException("the header has version " + version + " and command " + command);
        }
    }

    private static ProxyHeader parse(ByteBuffer header) throws ProxyException {
        int command = header.get(SIGNATURE.length) & 0xf;
        int kind = Byte.toUnsignedInt(header.get(SIGNATURE.length + 1));
        if (kind >> 4 > LAST_FAMILY || (kind & 0xf) > LAST_TRANSPORT) {
            throw new ProxyException(String.format("the header has addresses of the unknown kind 0x%02x", kind));
        }
        header.position(HEAD_BYTES);
        ProxyHeader.Addresses addresses = command == LOCAL ? null : addresses(header, kind);
        if (addresses == null) {
            return ProxyHeader.WITHOUT_ADDRESSES;
        }
        List<Tlv> tlvs = Tlv.all(header);
        for (Tlv each : tlvs) {
            if (each.type() == Tlv.CRC32C) {
                checkSum(header, each);
            }
        }
        return new ProxyHeader(addresses, ProxyDetails.of(tlvs));
    }

    private static ProxyHeader.@Nullable Addresses addresses(ByteBuffer from, int kind) throws ProxyException {
        int bytes = addressBytes(kind);
        if (from.remaining() < bytes) {
            throw new ProxyException("the addresses have " + from.remaining() + " bytes in place of " + bytes);
        }
        return switch (kind) {
            case TCP_OVER_V4 -> sockets(from, 4);
            case TCP_OVER_V6 -> sockets(from, 16);
            case UNIX_STREAM -> new ProxyHeader.Addresses(path(from), path(from));
            default -> null;
        };
    }

    private static int addressBytes(int kind) {
        return switch (kind) {
            case TCP_OVER_V4 -> 2 * (4 + Short.BYTES);
            case TCP_OVER_V6 -> 2 * (16 + Short.BYTES);
            case UNIX_STREAM -> 2 * UNIX_BYTES;
            default -> 0;
        };
    }

    private static ProxyHeader.Addresses sockets(ByteBuffer from, int hostBytes) {
        InetAddress source = host(from, hostBytes);
        InetAddress destination = host(from, hostBytes);
        return new ProxyHeader.Addresses(
                new InetSocketAddress(source, Short.toUnsignedInt(from.getShort())),
                new InetSocketAddress(destination, Short.toUnsignedInt(from.getShort())));
    }

    private static InetAddress host(ByteBuffer from, int bytes) {
        byte[] address = new byte[bytes];
        from.get(address);
        return host(address);
    }

    static InetAddress host(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + address.length + " bytes", e);
        }
    }

    /** A path ends with a NUL, or has all bytes. One of the abstract names of Linux begins with a NUL, and counts as unnamed. */
    private static UnixDomainSocketAddress path(ByteBuffer from) throws ProxyException {
        byte[] bytes = new byte[UNIX_BYTES];
        from.get(bytes);
        int count = 0;
        while (count < bytes.length && bytes[count] != 0) {
            count++;
        }
        try {
            return UnixDomainSocketAddress.of(new String(bytes, 0, count, StandardCharsets.UTF_8));
        } catch (InvalidPathException e) {
            throw new ProxyException("a path of a socket cannot be one: " + e.getReason());
        }
    }

    /** The sum is made over the whole header, with zeros in the place of the sum itself. */
    private static void checkSum(ByteBuffer header, Tlv sum) throws ProxyException {
        if (sum.value().remaining() != Integer.BYTES) {
            throw new ProxyException("the checksum has " + sum.value().remaining() + " bytes");
        }
        byte[] zeroed = new byte[header.limit()];
        header.get(0, zeroed);
        ByteBuffer.wrap(zeroed).putInt(sum.at(), 0);
        if (sum(zeroed) != sum.value().getInt(0)) {
            throw new ProxyException("the checksum is wrong");
        }
    }

    private static int sum(byte[] header) {
        CRC32C sum = new CRC32C();
        sum.update(header, 0, header.length);
        return (int) sum.getValue();
    }

    /** The header for two addresses of one kind, with a checksum. Other addresses, and none, are LOCAL. */
    static byte[] write(ProxyHeader header) {
        ProxyHeader.Addresses addresses = header.addresses();
        int kind = addresses == null ? 0 : kind(addresses.source(), addresses.destination());
        int bytes = HEAD_BYTES + addressBytes(kind) + Tlv.HEAD_BYTES + Integer.BYTES;
        ByteBuffer to = ByteBuffer.allocate(bytes);
        to.put(SIGNATURE)
                .put((byte) (VERSION << 4 | (kind == 0 ? LOCAL : PROXY)))
                .put((byte) kind);
        to.putShort((short) (bytes - HEAD_BYTES));
        if (addresses != null && kind != 0) {
            put(addresses, to);
        }
        to.put((byte) Tlv.CRC32C).putShort((short) Integer.BYTES);
        to.putInt(to.position(), sum(to.array()));
        return to.array();
    }

    private static int kind(SocketAddress source, SocketAddress destination) {
        if (source instanceof UnixDomainSocketAddress && destination instanceof UnixDomainSocketAddress) {
            return UNIX_STREAM;
        }
        return areAlike(source, destination) ? hostOf(source).length == 4 ? TCP_OVER_V4 : TCP_OVER_V6 : 0;
    }

    private static void put(ProxyHeader.Addresses addresses, ByteBuffer to) {
        SocketAddress source = addresses.source();
        SocketAddress destination = addresses.destination();
        if (source instanceof InetSocketAddress from && destination instanceof InetSocketAddress at) {
            to.put(hostOf(source)).put(hostOf(destination));
            to.putShort((short) from.getPort()).putShort((short) at.getPort());
        } else {
            to.put(pathOf(source)).put(pathOf(destination));
        }
    }

    /** Whether both are addresses of the internet, and of one version. */
    static boolean areAlike(SocketAddress source, SocketAddress destination) {
        return hostOf(source).length != 0 && hostOf(source).length == hostOf(destination).length;
    }

    private static byte[] hostOf(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getAddress()
                : new byte[0];
    }

    private static byte[] pathOf(SocketAddress address) {
        byte[] path = address.toString().getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(path, UNIX_BYTES);
    }
}
