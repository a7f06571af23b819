package org.tonyreactor.launcher;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;

/**
 * Waits until the engine has bound what the sample serves, or says why it cannot. The events of the engine's service
 * wake it; a slow poll stands behind them.
 */
final class Readiness {
    private static final String SAMPLE = "org.tonyreactor.sample.echo";
    private static final String ENGINE_EVENTS = "(objectClass=" + EndpointView.RUNTIME + ")";
    private static final long POLL_MILLIS = 50;

    private final BundleContext context;
    private final StartErrors errors;

    Readiness(BundleContext context, StartErrors errors) {
        this.context = context;
        this.errors = errors;
    }

    /** What is served, in words such as {@code echo on 127.0.0.1:7007}. */
    String await(Duration bound) throws StartFailure, InterruptedException {
        long deadlineNanos = System.nanoTime() + bound.toNanos();
        BlockingQueue<Boolean> changed = new ArrayBlockingQueue<>(1);
        ServiceListener listener = event -> changed.offer(true);
        listen(listener);
        try {
            Optional<String> served = served();
            while (served.isEmpty() && System.nanoTime() < deadlineNanos) {
                errors.check();
                changed.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                served = served();
            }
            return served.orElseThrow(() -> new StartFailure(
                    "the engine served nothing within " + bound.toSeconds() + " s: see the log in logs/"));
        } finally {
            context.removeServiceListener(listener);
        }
    }

    private void listen(ServiceListener listener) {
        try {
            context.addServiceListener(listener, ENGINE_EVENTS);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> served() throws StartFailure {
        Optional<List<EndpointView>> known = EndpointView.all(context);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<Bundle> sample = sample();
        if (sample.isEmpty()) {
            return Optional.of("the bundles in deploy/");
        }
        long sampleId = sample.get().getBundleId();
        List<EndpointView> endpoints =
                known.get().stream().filter(e -> e.bundleId() == sampleId).toList();
        for (EndpointView endpoint : endpoints) {
            checkFailure(endpoint);
        }
        return endpoints.isEmpty() || !endpoints.stream().allMatch(EndpointView::bound)
                ? Optional.empty()
                : Optional.of(words(endpoints));
    }

    private Optional<Bundle> sample() {
        for (Bundle bundle : context.getBundles()) {
            if (SAMPLE.equals(bundle.getSymbolicName())) {
                return Optional.of(bundle);
            }
        }
        return Optional.empty();
    }

    private static void checkFailure(EndpointView endpoint) throws StartFailure {
        if (endpoint.failure() == EndpointView.ADDRESS_IN_USE) {
            throw new StartFailure(
                    "port " + endpoint.port() + " is taken by another process: stop that one or start with --port N");
        }
        if (endpoint.failure() != 0) {
            throw new StartFailure(
                    "cannot serve " + endpoint.name() + " on " + endpoint.address() + ": " + endpoint.message());
        }
    }

    private static String words(List<EndpointView> endpoints) {
        return endpoints.stream()
                .map(e -> e.name() + " on " + e.address())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
