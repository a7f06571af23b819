package org.tonyreactor.internal.engine.accept;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Trespass;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.internal.engine.connection.RefusedPeers;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.internal.engine.loop.EventLoop;
import org.tonyreactor.internal.engine.loop.ManualClock;
import org.tonyreactor.internal.engine.loop.RecordingMultiplexer;
import org.tonyreactor.internal.engine.wire.nio.NioNetwork;

/** What belongs to the acceptor is for its thread. */
class OwnersTest {
    private final EventLoop loop =
            Trespass.owned(new EventLoop("acceptor", new ManualClock(), new RecordingMultiplexer()));
    private final Acceptor acceptor = new Acceptor(
            loop, new NioNetwork(), new WorkerGroup(List.of()), new RefusedPeers(), EngineSettings.defaults());

    @AfterEach
    void stop() {
        acceptor.onStop();
    }

    @Test
    void catchesAnotherThreadThatUsesTheAcceptor() throws Exception {
        Trespass.assertCaught(acceptor::publish);
        Trespass.assertCaught(() -> acceptor.onSettings(EngineSettings.defaults()));
    }

    @Test
    void catchesAnotherThreadThatActsAsTheOperator() throws Exception {
        Operator operator = new Operator(acceptor);

        Trespass.assertCaught(() -> operator.onFind("127.0.0.1", 1, found -> {}));
        Trespass.assertCaught(() -> operator.onQuarantine(1, true));
    }

    @Test
    void catchesAnotherThreadThatTakesFromThePool() throws Exception {
        Trespass.assertCaught(() -> acceptor.pool().acquire());
        Trespass.assertCaught(() -> acceptor.pool().leased(0, 0));
        Trespass.assertCaught(() -> acceptor.pool().shrink());
    }

    @Test
    void catchesAnotherThreadThatBringsATokenBack() throws Exception {
        Dispatcher dispatcher = new Dispatcher(loop, new WorkerGroup(List.of()), EngineSettings.defaults());

        Trespass.assertCaught(() -> dispatcher.onToken(0, 0));
        Trespass.assertCaught(dispatcher::recount);
    }

    @Test
    void catchesAnotherThreadThatCountsLoads() throws Exception {
        LeastLoaded loads = new LeastLoaded(loop, 1, worker -> false);

        Trespass.assertCaught(loads::pick);
        Trespass.assertCaught(() -> loads.release(0));
    }
}
