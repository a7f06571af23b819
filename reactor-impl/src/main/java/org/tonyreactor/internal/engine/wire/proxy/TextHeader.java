package org.tonyreactor.internal.engine.wire.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A header of version 1: one line of text. */
final class TextHeader {
    static final byte[] SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);

    /** The longest line, with its two last bytes. Source: the specification, section 2.1. */
    static final int MAX_BYTES = 107;

    private static final int WORDS = 6;
    private static final int MAX_PORT = 65_535;
    private static final String NUMBER = "(0|[1-9][0-9]{0,2})";
    private static final Pattern V4 = Pattern.compile(NUMBER + "(\\." + NUMBER + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");

    private TextHeader() {}

    /** The bytes begin as a line of this version does, as far as they go. */
    static @Nullable ProxyHeader read(ByteBuffer from) throws ProxyException {
        int end = endOfLine(from);
        if (end < 0) {
            return null;
        }
        byte[] line = new byte[end - 1 - from.position()];
        from.get(from.position(), line);
        ProxyHeader header = parse(new String(line, StandardCharsets.ISO_8859_1));
        from.position(end + 1);
        return header;
    }

    /** The index of the line feed, or -1 while it is missing. */
    private static int endOfLine(ByteBuffer from) throws ProxyException {
        int count = Math.min(from.remaining(), MAX_BYTES);
        for (int at = from.position(); at < from.position() + count; at++) {
            if (from.get(at) == '\n') {
                if (from.get(at - 1) != '\r') {
                    throw new ProxyException("the line does not end with a carriage return and a line feed");
                }
                return at;
            }
        }
        if (count == MAX_BYTES) {
            throw new ProxyException("the line has more than " + MAX_BYTES + " bytes");
        }
        return -1;
    }

    private static ProxyHeader parse(String line) throws ProxyException {
        String[] words = line.split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return ProxyHeader.WITHOUT_ADDRESSES; // What follows is to be ignored.
        }
        boolean isV4 = words[1].equals("TCP4");
        if (!isV4 && !words[1].equals("TCP6")) {
            throw new ProxyException("the line names neither TCP4 nor TCP6 nor UNKNOWN");
        }
        if (words.length != WORDS) {
            throw new ProxyException("the line has " + words.length + " words in place of " + WORDS);
        }
        return ProxyHeader.of(address(words[2], words[4], isV4), address(words[3], words[5], isV4));
    }

    private static InetSocketAddress address(String host, String port, boolean isV4) throws ProxyException {
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > MAX_PORT) {
            throw new ProxyException("a port is no number up to " + MAX_PORT);
        }
        return new InetSocketAddress(isV4 ? v4(host) : v6(host), Integer.parseInt(port));
    }

    private static InetAddress v4(String host) throws ProxyException {
        if (!V4.matcher(host).matches()) {
            throw new ProxyException("an address is not one of IPv4");
        }
        byte[] bytes = new byte[4];
        String[] numbers = host.split("\\.", -1);
        for (int i = 0; i < bytes.length; i++) {
            int number = Integer.parseInt(numbers[i]);
            if (number > 255) {
                throw new ProxyException("an address is not one of IPv4");
            }
            bytes[i] = (byte) number;
        }
        return BinaryHeader.host(bytes);
    }

    private static InetAddress v6(String host) throws ProxyException {
        if (!V6.matcher(host).matches()) {
            throw new ProxyException("an address is not one of IPv6");
        }
        try {
            return InetAddress.getByName("[" + host + "]"); // In brackets nothing is looked up.
        } catch (UnknownHostException e) {
            throw new ProxyException("an address is not one of IPv6");
        }
    }

    /** The line for two addresses; a null address, or one of another kind, is unknown. */
    static byte[] write(ProxyHeader header) {
        ProxyHeader.Addresses addresses = header.addresses();
        String line = "PROXY UNKNOWN\r\n";
        if (addresses != null
                && addresses.source() instanceof InetSocketAddress source
                && addresses.destination() instanceof InetSocketAddress destination
                && BinaryHeader.areAlike(source, destination)) {
            boolean isV4 = source.getAddress().getAddress().length == 4;
            line = "PROXY " + (isV4 ? "TCP4 " : "TCP6 ") + number(source) + ' ' + number(destination) + ' '
                    + source.getPort() + ' ' + destination.getPort() + "\r\n";
        }
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    private static String number(InetSocketAddress of) {
        String number = of.getAddress().getHostAddress();
        int scope = number.indexOf('%');
        return scope < 0 ? number : number.substring(0, scope);
    }
}
