package org.tonyreactor.internal.engine.loop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the names of hosts. A look-up may take as long as the name server takes, so it does not run on a loop. Any
 * thread.
 */
public final class HostNames {
    /** The look-up of the system. */
    public interface Lookup {
        /** All addresses, at least one. */
        List<InetAddress> addressesOf(String host) throws IOException;
    }

    /**
     * The result of a look-up.
     *
     * @param addresses the addresses, at least one unless there is a failure
     * @param failure why there are none, or null
     */
    public record Answer(
            List<InetAddress> addresses, @Nullable IOException failure) {
        public static Answer failed(IOException why) {
            return new Answer(List.of(), why);
        }
    }

    private static final int IPV4_BYTES = 4;
    private static final long MAX_BYTE = 255;
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,9})(\\.(0|[1-9]\\d{0,9})){0,3}");
    /** The JDK asks nobody about a text that begins in this way and has a colon, with a scope or without. */
    private static final Pattern IPV6 = Pattern.compile("\\[?[0-9A-Fa-f]*:.*");

    private final OffLoop offLoop;
    private final Lookup lookup;

    public HostNames(OffLoop offLoop, Lookup lookup) {
        this.offLoop = offLoop;
        this.lookup = lookup;
    }

    /** Names are looked up by the system. */
    public static HostNames ofSystem(OffLoop offLoop) {
        return new HostNames(offLoop, host -> List.of(InetAddress.getAllByName(host)));
    }

    /**
     * The address that a text stands for without a look-up: a number, or {@code *} for all addresses of this machine. Null
     * for everything else, such as a number that is too large, which the system would take for a name.
     */
    public static @Nullable InetAddress literal(String host) {
        if (host.equals("*")) {
            return new InetSocketAddress(0).getAddress();
        }
        try {
            return host.isEmpty() || IPV6.matcher(host).matches() ? InetAddress.getByName(host) : ipv4(host);
        } catch (UnknownHostException e) {
            return null; // A look-up tells the reason.
        }
    }

    /** Whether two texts are the same host, as far as that is known without a look-up. */
    public static boolean isSame(String one, String other) {
        InetAddress literal = literal(one);
        InetAddress otherLiteral = literal(other);
        if (literal == null || otherLiteral == null) {
            return one.equalsIgnoreCase(other);
        }
        boolean areWildcards = literal.isAnyLocalAddress() && otherLiteral.isAnyLocalAddress();
        return areWildcards || literal.equals(otherLiteral);
    }

    /** One to four decimal numbers; the last one fills the remaining bytes, as in inet_aton(3). */
    private static @Nullable InetAddress ipv4(String host) throws UnknownHostException {
        if (!IPV4.matcher(host).matches()) {
            return null;
        }
        String[] parts = host.split("\\.", -1);
        int last = parts.length - 1;
        long address = Long.parseLong(parts[last]);
        if (address >= 1L << (Byte.SIZE * (IPV4_BYTES - last))) {
            return null;
        }
        for (int i = 0; i < last; i++) {
            long part = Long.parseLong(parts[i]);
            if (part > MAX_BYTE) {
                return null;
            }
            address |= part << (Byte.SIZE * (IPV4_BYTES - 1 - i));
        }
        return InetAddress.getByAddress(
                ByteBuffer.allocate(IPV4_BYTES).putInt((int) address).array());
    }

    /**
     * Looks up a name and calls back with the answer: on a thread that is no loop's, or at once if too many names are being
     * looked up.
     */
    public void lookUp(String host, Consumer<Answer> onAnswer) {
        if (!offLoop.run(() -> onAnswer.accept(answer(host)))) {
            onAnswer.accept(Answer.failed(new IOException("too many names are looked up")));
        }
    }

    private Answer answer(String host) {
        try {
            List<InetAddress> addresses = lookup.addressesOf(host);
            return addresses.isEmpty()
                    ? Answer.failed(new UnknownHostException(host + " has no address"))
                    : new Answer(List.copyOf(addresses), null);
        } catch (IOException e) {
            return Answer.failed(e);
        } catch (RuntimeException | Error e) {
            return Answer.failed(new IOException("looking up " + host + " failed", e));
        }
    }
}
