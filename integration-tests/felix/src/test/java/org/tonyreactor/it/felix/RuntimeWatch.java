package org.tonyreactor.it.felix;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.runner.Description;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/**
 * Watches the runtime service of the engine. Each change moves its {@code service.changecount}, which wakes who waits;
 * numbers that move without it, such as connections, are looked at every few milliseconds.
 */
public final class RuntimeWatch extends ThreadDump {
    private static final long TIMEOUT_SECONDS = 20;
    private static final long LOOK_MILLIS = 20;

    private final Semaphore changes = new Semaphore(0);
    private ServiceTracker<ReactorRuntime, ReactorRuntime> tracker;

    /** What the engine says now, or nothing when it does not run. */
    public Optional<RuntimeDTO> now() {
        return Optional.ofNullable(tracker.getService()).map(ReactorRuntime::getRuntimeDTO);
    }

    /** Waits until the engine runs and says what is wanted. */
    public RuntimeDTO await(String what, Predicate<RuntimeDTO> wanted) {
        return awaitAny(what, now -> now.filter(wanted).isPresent()).orElseThrow();
    }

    /** Waits until a bundle has an endpoint that accepts, and returns its port. */
    public int awaitPort(Bundle bundle) {
        RuntimeDTO said = await(
                "an endpoint of " + bundle,
                now -> bound(now, bundle).findFirst().isPresent());
        return bound(said, bundle).findFirst().orElseThrow().port;
    }

    /** Waits until the engine says why a factory of a bundle is not served. */
    public FailedEndpointDTO awaitFailure(Bundle bundle) {
        RuntimeDTO said = await(
                "a failure of " + bundle,
                now -> failures(now, bundle).findFirst().isPresent());
        return failures(said, bundle).findFirst().orElseThrow();
    }

    /** Waits until the engine says nothing of a bundle any more. */
    public void awaitNothingOf(Bundle bundle) {
        await(
                "nothing of " + bundle,
                now -> endpoints(now, bundle).findFirst().isEmpty()
                        && failures(now, bundle).findFirst().isEmpty());
    }

    /** Waits until the engine has gone. */
    public void awaitGone() {
        awaitAny("no engine", Optional::isEmpty);
    }

    @Override
    protected void starting(Description test) {
        BundleContext context = FrameworkUtil.getBundle(RuntimeWatch.class).getBundleContext();
        tracker = new ServiceTracker<>(context, ReactorRuntime.class, null) {
            @Override
            public void modifiedService(ServiceReference<ReactorRuntime> reference, ReactorRuntime service) {
                changes.release();
            }
        };
        tracker.open();
    }

    @Override
    protected void failed(Throwable failure, Description test) {
        System.err.println(test.getDisplayName() + " failed; the engine says: "
                + now().map(RuntimeDTO::toString).orElse("nothing, it does not run"));
        super.failed(failure, test);
    }

    @Override
    protected void finished(Description test) {
        tracker.close();
    }

    private Optional<RuntimeDTO> awaitAny(String what, Predicate<Optional<RuntimeDTO>> wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        Optional<RuntimeDTO> said = now();
        while (!wanted.test(said)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited " + TIMEOUT_SECONDS + " s for " + what);
            }
            awaitChange();
            said = now();
        }
        return said;
    }

    private void awaitChange() {
        try {
            if (changes.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<EndpointDTO> bound(RuntimeDTO said, Bundle bundle) {
        return endpoints(said, bundle).filter(each -> each.state == EndpointDTO.STATE_BOUND);
    }

    private static Stream<EndpointDTO> endpoints(RuntimeDTO said, Bundle bundle) {
        return Stream.of(said.endpointDTOs).filter(each -> each.bundleId == bundle.getBundleId());
    }

    private static Stream<FailedEndpointDTO> failures(RuntimeDTO said, Bundle bundle) {
        return Stream.of(said.failedEndpointDTOs).filter(each -> each.bundleId == bundle.getBundleId());
    }
}
