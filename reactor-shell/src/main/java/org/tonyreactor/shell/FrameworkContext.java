package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.ReactorRuntime;

/** A context over the framework of a bundle. Services are got when they are asked for, and given back on close. */
public final class FrameworkContext implements ShellContext, AutoCloseable {
    private final BundleContext context;
    private final List<ServiceReference<?>> inUse = new ArrayList<>();

    public FrameworkContext(BundleContext context) {
        this.context = context;
    }

    @Override
    public Optional<ReactorRuntime> findRuntime() {
        return find(ReactorRuntime.class);
    }

    @Override
    public Optional<ReactorAdmin> findAdmin() {
        return find(ReactorAdmin.class);
    }

    @Override
    public Optional<ServiceComponentRuntime> findComponents() {
        return find(ServiceComponentRuntime.class);
    }

    @Override
    public List<DeployTrouble> deployTroubles() {
        return references(Supplier.class.getName(), DeployTrouble.SERVICE)
                .flatMap(reference -> get(reference).stream())
                .flatMap(service ->
                        service instanceof Supplier<?> launcher ? DeployTrouble.read(launcher.get()) : Stream.empty())
                .toList();
    }

    @Override
    public List<Bundle> bundles() {
        return List.of(context.getBundles());
    }

    @Override
    public Optional<Bundle> engine() {
        return engineReference().map(ServiceReference::getBundle);
    }

    @Override
    public boolean engineMatches(String filter) {
        try {
            return engineReference()
                    .map(FrameworkUtil.createFilter(filter)::match)
                    .orElse(false);
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void pause(long millis) throws CommandFailure {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    @Override
    public void close() {
        inUse.forEach(context::ungetService);
        inUse.clear();
    }

    private Optional<ServiceReference<ReactorRuntime>> engineReference() {
        return Optional.ofNullable(context.getServiceReference(ReactorRuntime.class));
    }

    private Stream<ServiceReference<?>> references(String type, String filter) {
        try {
            ServiceReference<?>[] found = context.getServiceReferences(type, filter);
            return found == null ? Stream.empty() : Stream.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    private <S> Optional<S> find(Class<S> type) {
        return Optional.ofNullable(context.getServiceReference(type)).flatMap(this::get);
    }

    private <S> Optional<S> get(ServiceReference<S> reference) {
        Optional<S> service = Optional.ofNullable(context.getService(reference));
        service.ifPresent(got -> inUse.add(reference));
        return service;
    }
}
