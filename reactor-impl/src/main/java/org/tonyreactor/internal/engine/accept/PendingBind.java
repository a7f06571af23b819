package org.tonyreactor.internal.engine.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.Log;
import org.tonyreactor.internal.engine.loop.HostNames;
import org.tonyreactor.internal.engine.loop.Timer;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * A factory that has no address yet: the name of its host is being looked up, or could not be and is looked up again, from
 * {@link Listener#MIN_RETRY_MILLIS} doubling to {@link Listener#MAX_RETRY_MILLIS} later. Nobody else waits for it. Owner: the
 * acceptor.
 */
final class PendingBind {
    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    private final Acceptor acceptor;
    private final FactoryBinding binding;
    private final EndpointSettings.Address wanted;
    private final Consumer<@Nullable InetAddress> onOutcome;
    /** The callers that wait for the first outcome. */
    private final List<Runnable> waiting = new ArrayList<>();

    private BindFailure failure;
    private NameLookups.@Nullable Lookup lookup;
    private @Nullable Timer retry;
    private long retryMillis = Listener.MIN_RETRY_MILLIS;
    private boolean warned;

    /**
     * @param onOutcome told of each outcome of a look-up: the address, after which this is done, or null when there is none for now
     */
    PendingBind(Acceptor acceptor, FactoryBinding binding, Consumer<@Nullable InetAddress> onOutcome) {
        this.acceptor = acceptor;
        this.binding = binding;
        this.onOutcome = onOutcome;
        this.wanted = binding.settings().address();
        this.failure = BindFailure.lookingUp(wanted.host(), wanted.port());
    }

    FactoryBinding binding() {
        return binding;
    }

    /** Runs an action once it is known how the first look-up went, or that there will be no more. */
    void whenLookedUp(Runnable action) {
        waiting.add(action);
    }

    void lookUp() {
        acceptor.loop().assertOwner();
        retry = null;
        lookup = acceptor.lookups().ask(wanted.host(), this::onLookedUp);
    }

    private void onLookedUp(HostNames.Answer answer) {
        lookup = null;
        IOException why = answer.failure();
        if (why == null) {
            onOutcome.accept(answer.addresses().get(0));
        } else {
            onFailure(why);
            onOutcome.accept(null);
        }
        tellWaiting();
    }

    private void onFailure(IOException why) {
        failure = BindFailure.of(wanted.host(), wanted.port(), why);
        if (!warned) {
            warned = true;
            LOG.warn("{}: {}", binding.name(), failure.message());
        }
        retry = acceptor.loop().schedule(TimeUnit.MILLISECONDS.toNanos(retryMillis), this::lookUp);
        retryMillis = Math.min(2 * retryMillis, Listener.MAX_RETRY_MILLIS);
    }

    /** It is not looked up any more. */
    void cancel() {
        acceptor.loop().assertOwner();
        if (lookup != null) {
            lookup.cancel();
            lookup = null;
        }
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        tellWaiting();
    }

    private void tellWaiting() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    BindingView view() {
        return new BindingView(binding, BindingView.State.FAILED, wanted.host(), wanted.port(), failure, null, 0, true);
    }
}
