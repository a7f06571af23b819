package org.tonyreactor.internal.whiteboard;

import java.util.List;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.Log;

/**
 * Addresses that an endpoint has left for another address. Connections that are suspended there go to the address where the
 * endpoint is served now. The port is released as soon as no peer waits there. A peer that was accepted there and was not
 * served waits until the hold ends. Any thread.
 */
final class LeftAddresses {
    private static final Log LOG = Log.named("org.tonyreactor.whiteboard");

    private LeftAddresses() {}

    /** Moves what a service has left behind, if anything, to a binding of it or of the service in its place. */
    static void move(Engine engine, long serviceId, FactoryBinding to) {
        List<BindingView> views = engine.bindings();
        if (views.stream().noneMatch(view -> view.binding() == to && view.state() == State.BOUND)) {
            return; // The port may be corrected: the old address is held on for that.
        }
        for (BindingView view : views) {
            FactoryBinding holder = view.binding();
            boolean isLeft = view.state() == State.HELD
                    && !holder.hasFactory()
                    && holder.rank().serviceId() == serviceId;
            if (isLeft && engine.control().moveHeld(holder, to) && isAlone(view, views)) {
                release(engine, view);
            }
        }
    }

    private static void release(Engine engine, BindingView held) {
        try {
            engine.control().drain(held.host(), held.port(), false);
            LOG.info("{} is released: its endpoint is at another address", held.address());
        } catch (IllegalArgumentException e) {
            LOG.debug("{} was released meanwhile", held.address(), e);
        }
    }

    /** Whether no other factory has the address: an address that an operator holds still has factories. */
    private static boolean isAlone(BindingView held, List<BindingView> views) {
        return views.stream()
                .filter(view -> view.state() != State.DRAINING)
                .noneMatch(view -> view.binding() != held.binding()
                        && view.host().equals(held.host())
                        && view.port() == held.port());
    }
}
