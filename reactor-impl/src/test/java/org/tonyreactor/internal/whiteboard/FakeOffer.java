package org.tonyreactor.internal.whiteboard;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.protocol.ProtocolFactory;

/** A factory service without a registry. */
final class FakeOffer implements OfferedFactory {
    final AtomicInteger gets = new AtomicInteger();
    final AtomicInteger ungets = new AtomicInteger();
    volatile Set<String> ownDescriptions = Set.of();
    volatile Supplier<@Nullable ProtocolFactory> service;
    volatile Optional<String> componentFailure = Optional.empty();
    private final long serviceId;
    private volatile Map<String, Object> properties;

    FakeOffer(long serviceId, Map<String, Object> properties, Supplier<@Nullable ProtocolFactory> service) {
        this.serviceId = serviceId;
        this.properties = properties;
        this.service = service;
    }

    void modify(Map<String, Object> changed) {
        properties = changed;
    }

    @Override
    public long serviceId() {
        return serviceId;
    }

    @Override
    public String bundleName() {
        return "test.bundle";
    }

    @Override
    public String bundleVersion() {
        return "1." + serviceId + ".0";
    }

    @Override
    public boolean describes(String pid) {
        return ownDescriptions.contains(pid);
    }

    @Override
    public Map<String, Object> properties() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("service.id", serviceId);
        all.put("service.bundleid", 1L);
        return all;
    }

    @Override
    public @Nullable ProtocolFactory get() {
        ProtocolFactory got = service.get();
        if (got != null) {
            gets.incrementAndGet();
        }
        return got;
    }

    @Override
    public Optional<String> componentFailure() {
        return componentFailure;
    }

    @Override
    public void unget() {
        ungets.incrementAndGet();
    }
}
