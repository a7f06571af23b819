package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.loop.Timer;

/**
 * The names of hosts that are being looked up, on threads that are no loop's. Each caller is told once, on the acceptor, at
 * most {@link #TIMEOUT_MILLIS} later, whatever the name server does.
 *
 * <p>Bound: a name is asked for once at a time, so a name server that does not answer keeps one thread for each name. A
 * caller that asks for a name again meanwhile gets the answer to the first question. Owner: the acceptor.
 */
final class NameLookups {
    static final long TIMEOUT_MILLIS = 2_000;

    private final Acceptor acceptor;
    /** The look-ups that wait for each name: none any more where all have run out of time. */
    private final Map<String, List<Lookup>> underWay = new HashMap<>();

    NameLookups(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    /** Asks for the addresses of a name, in whatever case. */
    Lookup ask(String name, Consumer<HostNames.Answer> told) {
        acceptor.loop().assertOwner();
        String host = name.toLowerCase(Locale.ROOT);
        Lookup lookup = new Lookup(host, told);
        List<Lookup> others = underWay.get(host);
        if (others != null) {
            others.add(lookup);
            return lookup;
        }
        List<Lookup> asking = new ArrayList<>(List.of(lookup));
        underWay.put(host, asking);
        Consumer<HostNames.Answer> onAnswer = answer -> onAnswer(host, answer);
        acceptor.names().lookUp(host, answer -> acceptor.self().answer(onAnswer, answer));
        return lookup;
    }

    private void onAnswer(String host, HostNames.Answer answer) {
        List<Lookup> asking = underWay.remove(host);
        if (asking != null) {
            List.copyOf(asking).forEach(each -> each.end(answer));
        }
    }

    /** One question of one caller. */
    final class Lookup {
        private final String host;
        private final Consumer<HostNames.Answer> told;
        private final Timer timeout;

        private Lookup(String host, Consumer<HostNames.Answer> told) {
            this.host = host;
            this.told = told;
            this.timeout = acceptor.loop().schedule(TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS), this::onTimeout);
        }

        /** The caller that asked is not told any more. */
        void cancel() {
            timeout.cancel();
            leave();
        }

        private void onTimeout() {
            leave();
            told.accept(HostNames.Answer.failed(new IOException(
                    "no name server has said within " + TIMEOUT_MILLIS + " ms which address " + host + " is")));
        }

        private void leave() {
            List<Lookup> asking = underWay.get(host);
            if (asking != null) {
                asking.remove(this);
            }
        }

        private void end(HostNames.Answer answer) {
            if (timeout.cancel()) { // Else one that was told before has ended this one.
                told.accept(answer);
            }
        }
    }
}
