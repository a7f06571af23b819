package org.tonyreactor.shell;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/** A place for commands with an engine that says what the test wants, and a clock that moves while one waits. */
public final class FakeContext implements ShellContext {
    public final RuntimeDTO runtime = new RuntimeDTO();
    public final FakeAdmin admin = new FakeAdmin();
    public boolean engineRuns = true;

    private final List<Bundle> bundles = new ArrayList<>();
    private long nanos;
    private Runnable meanwhile = () -> {};

    /** What happens in the engine while the command waits. */
    public void meanwhile(Runnable change) {
        meanwhile = change;
    }

    public EndpointDTO endpoint(String name, int port) {
        EndpointDTO endpoint = new EndpointDTO();
        endpoint.name = name;
        endpoint.address = "127.0.0.1:" + port;
        endpoint.host = "127.0.0.1";
        endpoint.port = port;
        endpoint.state = EndpointDTO.STATE_BOUND;
        endpoint.sharePercent = 100;
        add(endpoint);
        return endpoint;
    }

    public void add(EndpointDTO endpoint) {
        List<EndpointDTO> all = new ArrayList<>(List.of(runtime.endpointDTOs));
        all.add(endpoint);
        runtime.endpointDTOs = all.toArray(EndpointDTO[]::new);
    }

    public void add(FailedEndpointDTO failed) {
        List<FailedEndpointDTO> all = new ArrayList<>(List.of(runtime.failedEndpointDTOs));
        all.add(failed);
        runtime.failedEndpointDTOs = all.toArray(FailedEndpointDTO[]::new);
    }

    public void bundle(long id, String name, String version) {
        bundles.add((Bundle) Proxy.newProxyInstance(
                FakeContext.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, args) -> {
                    return switch (method.getName()) {
                        case "getBundleId" -> id;
                        case "getSymbolicName" -> name;
                        case "getVersion" -> Version.parseVersion(version);
                        case "getState" -> Bundle.ACTIVE;
                        case "getHeaders" -> FrameworkUtil.asDictionary(Map.<String, String>of());
                        default -> null;
                    };
                }));
    }

    /** Runs a command; its lines. */
    public List<String> lines(ShellCommand command) throws CommandFailure {
        return command.answer(this).lines().get();
    }

    /** Runs a command; its JSON. */
    public String json(ShellCommand command) throws CommandFailure {
        return command.answer(this).print(true);
    }

    @Override
    public Optional<ReactorRuntime> findRuntime() {
        return engineRuns ? Optional.of(this::copy) : Optional.empty();
    }

    @Override
    public Optional<ReactorAdmin> findAdmin() {
        return engineRuns ? Optional.of(admin) : Optional.empty();
    }

    @Override
    public Optional<ServiceComponentRuntime> findComponents() {
        return Optional.empty();
    }

    @Override
    public List<DeployTrouble> deployTroubles() {
        return List.of();
    }

    @Override
    public List<Bundle> bundles() {
        return bundles;
    }

    @Override
    public Optional<Bundle> engine() {
        return Optional.empty();
    }

    @Override
    public boolean engineMatches(String filter) {
        return false;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void pause(long millis) {
        nanos += millis * 1_000_000;
        meanwhile.run();
    }

    /** A snapshot does not change afterwards. */
    private RuntimeDTO copy() {
        RuntimeDTO copy = new RuntimeDTO();
        copy.failedEndpointDTOs = runtime.failedEndpointDTOs;
        copy.workerDTOs = runtime.workerDTOs;
        copy.acceptorRestarts = runtime.acceptorRestarts;
        copy.memoryUsedBytes = runtime.memoryUsedBytes;
        copy.memoryMaxBytes = runtime.memoryMaxBytes;
        copy.memoryHighBytes = runtime.memoryHighBytes;
        copy.memoryEnded = runtime.memoryEnded;
        copy.endpointDTOs = new EndpointDTO[runtime.endpointDTOs.length];
        for (int i = 0; i < copy.endpointDTOs.length; i++) {
            copy.endpointDTOs[i] = copy(runtime.endpointDTOs[i]);
        }
        return copy;
    }

    private static EndpointDTO copy(EndpointDTO endpoint) {
        EndpointDTO copy = new EndpointDTO();
        for (java.lang.reflect.Field field : EndpointDTO.class.getFields()) {
            if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                copyField(field, endpoint, copy);
            }
        }
        return copy;
    }

    private static void copyField(java.lang.reflect.Field field, Object from, @Nullable Object to) {
        try {
            field.set(to, field.get(from));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
