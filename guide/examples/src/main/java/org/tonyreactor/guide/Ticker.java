package org.tonyreactor.guide;

import org.tonyreactor.reactor.Group;
import org.tonyreactor.reactor.GroupSettings;
import org.tonyreactor.reactor.Reactor;

/** News for all who read fast enough. */
final class Ticker {
    private final Group ticker;

    Ticker(Reactor reactor) {
        ticker = reactor.group("ticker", GroupSettings.DEFAULTS.withSkipsUnwritable(true));
    }

    void tell(String news) {
        ticker.write(news + "\n");
    }
}
