package org.tonyreactor.internal.engine.loop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
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
        static Answer failed(IOException why) {
            return new Answer(List.of(), why);
        }
    }

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

    /** Whether it is an address, which needs no look-up, or stands for all addresses of this machine. */
    public static boolean isAddress(String host) {
        return host.isEmpty()
                || host.equals("*")
                || host.indexOf(':') >= 0
                || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
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
