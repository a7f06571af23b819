package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.OffLoop;

/** Looks names of hosts up, which may take as long as a name server likes: not on the acceptor. */
public final class HostNames {
    /** How the system does it. */
    public interface Lookup {
        InetAddress addressOf(String host) throws IOException;
    }

    /**
     * What has come of it; one of the two.
     *
     * @param address the address
     * @param failure why there is none
     */
    record Answer(@Nullable InetAddress address, @Nullable IOException failure) {}

    private final OffLoop offLoop;
    private final Lookup lookup;

    public HostNames(OffLoop offLoop, Lookup lookup) {
        this.offLoop = offLoop;
        this.lookup = lookup;
    }

    /** Whether it is an address, for which nobody has to be asked, or all addresses of this machine. */
    static boolean isAddress(String host) {
        return host.isEmpty()
                || host.equals("*")
                || host.indexOf(':') >= 0
                || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    /** Has the answer sent to the acceptor. Returns false when too many names are being looked up. */
    boolean lookUp(String host, AcceptorProxy acceptor, Consumer<Answer> onAnswer) {
        return offLoop.run(() -> acceptor.answer(onAnswer, answer(host)));
    }

    private Answer answer(String host) {
        try {
            return new Answer(lookup.addressOf(host), null);
        } catch (IOException e) {
            return new Answer(null, e);
        } catch (RuntimeException | Error e) {
            return new Answer(null, new IOException("looking up " + host + " failed", e));
        }
    }
}
