package org.tonyreactor.internal.engine.loop;

import java.util.function.Consumer;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.wire.Multiplexer;

/** Makes all calls of a loop. An exception is reported and goes no further. Owner: the loop. */
final class Guard implements Multiplexer.Dispatcher, Consumer<Runnable> {
    private static final Log LOG = Log.named("org.tonyreactor.loop");

    private final String name;

    Guard(String name) {
        this.name = name;
    }

    @Override
    public void dispatch(Multiplexer.ReadyHandler handler, int readyOps) {
        try {
            handler.onReady(readyOps);
        } catch (Throwable e) {
            FailureReport.failed(LOG, name, handler, e);
        }
    }

    @Override
    public void accept(Runnable action) {
        run(action, action);
    }

    void run(Object what, Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            FailureReport.failed(LOG, name, what, e);
        }
    }
}
