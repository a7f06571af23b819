package org.tonyreactor.internal.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.loop.OffLoop;

/** A name server that is moved by hand: it answers when the test says so, and one that is dead never does. */
final class NameServerFixture {
    private final Map<String, String> addresses = new HashMap<>();
    private final List<Runnable> questions = new ArrayList<>();

    /** The look-up of names that the engine uses. */
    HostNames names() {
        return new HostNames(OffLoop.by(questions::add), this::addressesOf);
    }

    /** A name has another address from now on. */
    NameServerFixture says(String name, String address) {
        addresses.put(name, address);
        return this;
    }

    /** Questions that are not answered. */
    int questions() {
        return questions.size();
    }

    /** Answers what was asked until now. */
    void answer() {
        List<Runnable> asked = List.copyOf(questions);
        questions.clear();
        asked.forEach(Runnable::run);
    }

    private List<InetAddress> addressesOf(String name) throws UnknownHostException {
        String address = addresses.get(name);
        if (address == null) {
            throw new UnknownHostException("nobody knows " + name);
        }
        return List.of(InetAddress.getByName(address));
    }
}
