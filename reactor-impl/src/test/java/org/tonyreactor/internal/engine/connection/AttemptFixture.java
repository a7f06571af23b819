package org.tonyreactor.internal.engine.connection;

import java.net.UnixDomainSocketAddress;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.loop.OffLoop;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.reactor.ConnectSettings;

/** Attempts to connect that fail at once. */
public final class AttemptFixture {
    private AttemptFixture() {}

    public static ConnectAttempt toNowhere(ProtocolFactory factory) {
        return new ConnectAttempt(
                UnixDomainSocketAddress.of("nowhere"),
                ConnectSettings.DEFAULTS,
                factory,
                HostNames.ofSystem(OffLoop.inline()),
                () -> {});
    }
}
