package org.tonyreactor.internal.whiteboard;

import java.util.ArrayList;
import java.util.List;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.EngineView;
import org.tonyreactor.internal.engine.binding.BindFailure;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.loop.HeldUp;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.runtime.dto.WorkerDTO;

/** Reports the state of the engine and of the whiteboard in data transfer objects. Any thread; it never waits. */
final class RuntimeReport implements ReactorRuntime {
    private final Engine engine;
    private final FactoryWhiteboard whiteboard;

    RuntimeReport(Engine engine, FactoryWhiteboard whiteboard) {
        this.engine = engine;
        this.whiteboard = whiteboard;
    }

    @Override
    public RuntimeDTO getRuntimeDTO() {
        EngineView view = engine.view();
        List<BindingView> bindings = engine.bindings();
        RuntimeDTO dto = new RuntimeDTO();
        dto.workers = view.workers().size();
        dto.uptimeMillis = view.uptimeMillis();
        dto.poolCapacity = view.poolCapacity();
        dto.poolUsed = view.poolUsed();
        dto.ignoredTokens = view.ignoredTokens();
        dto.exhausted = view.exhausted();
        dto.refusedByReset = view.refusedByReset();
        dto.memoryUsedBytes = view.memory().usedBytes();
        dto.memoryMaxBytes = view.memory().maxBytes();
        dto.memoryHighBytes = view.memory().highBytes();
        dto.memoryEnded = view.memory().ended();
        dto.acceptorRestarts = view.acceptorRestarts();
        dto.workerDTOs = view.workers().stream().map(RuntimeReport::worker).toArray(WorkerDTO[]::new);
        dto.endpointDTOs = bindings.stream()
                .filter(RuntimeReport::isEndpoint)
                .map(RuntimeReport::endpoint)
                .toArray(EndpointDTO[]::new);
        List<FailedEndpointDTO> failures = new ArrayList<>(whiteboard.failures());
        for (BindingView binding : bindings) {
            BindFailure failure = binding.failure();
            String quarantined = binding.binding().quarantineReason();
            if (quarantined != null) {
                failures.add(quarantined(binding, quarantined));
            } else if (binding.state() == State.SHADOWED) {
                failures.add(shadowed(binding, bindings));
            } else if (failure != null) {
                failures.add(unbound(binding, failure));
            }
        }
        dto.failedEndpointDTOs = failures.toArray(FailedEndpointDTO[]::new);
        return dto;
    }

    private static WorkerDTO worker(EngineView.WorkerView view) {
        WorkerDTO dto = new WorkerDTO();
        dto.thread = view.thread();
        dto.connections = view.connections();
        dto.timers = view.timers();
        dto.turns = view.turns();
        dto.selectorRebuilds = view.selectorRebuilds();
        dto.threadRestarts = view.threadRestarts();
        dto.memoryBytes = view.memoryBytes();
        HeldUp heldUp = view.heldUp();
        if (heldUp != null) {
            dto.heldUpMillis = heldUp.millis();
            dto.heldUpStack = heldUp.stack().toArray(String[]::new);
            if (heldUp.whose() instanceof FactoryBinding binding) {
                dto.heldUpEndpoint = binding.name();
                dto.heldUpServiceId = binding.rank().serviceId();
                dto.heldUpBundleId = binding.rank().bundleId();
            }
        }
        return dto;
    }

    /** One that gets no new connections is an endpoint for as long as it has old ones. */
    static boolean isEndpoint(BindingView view) {
        return switch (view.state()) {
            case BOUND, FAILED -> true;
            case HELD -> !view.binding().hasFactory() || view.binding().openConnections() > 0;
            case SHADOWED, QUARANTINED, DRAINING -> view.binding().openConnections() > 0;
        };
    }

    static EndpointDTO endpoint(BindingView view) {
        FactoryBinding binding = view.binding();
        EndpointDTO dto = new EndpointDTO();
        dto.name = binding.name();
        dto.address = view.address();
        dto.host = view.host();
        dto.port = view.port();
        dto.state = switch (view.state()) {
            case BOUND -> view.accepting() ? EndpointDTO.STATE_BOUND : EndpointDTO.STATE_SUSPENDED;
            case HELD -> EndpointDTO.STATE_HELD;
            case DRAINING, SHADOWED, QUARANTINED -> EndpointDTO.STATE_DRAINING;
            case FAILED -> EndpointDTO.STATE_FAILED;
        };
        dto.serviceId = binding.rank().serviceId();
        dto.bundleId = binding.rank().bundleId();
        dto.connections = binding.openConnections();
        dto.accepted = binding.acceptedConnections();
        dto.refused = binding.refusedConnections();
        dto.refusedByPeerLimit = binding.refusedByPeerLimit.get();
        dto.refusedByRate = binding.refusedByRate.get();
        dto.bytesIn = binding.bytesIn();
        dto.bytesOut = binding.bytesOut();
        dto.errors = binding.errors();
        dto.failed = binding.failedConnections();
        dto.inputOverflows = binding.inputOverflows();
        dto.slowConsumers = binding.slowConsumers();
        dto.idleTimeouts = binding.idleTimeouts();
        dto.firstByteTimeouts = binding.firstByteTimeouts();
        dto.resumed = binding.resumedConnections();
        dto.suspended = binding.suspendedConnections();
        dto.waiting = binding.waitingConnections();
        dto.weight = binding.settings().share().weight();
        dto.sharePercent = view.sharePercent();
        dto.accepting = view.accepting();
        return dto;
    }

    private static FailedEndpointDTO unbound(BindingView view, BindFailure failure) {
        int reason = switch (failure.kind()) {
            case ADDRESS_IN_USE -> FailedEndpointDTO.REASON_ADDRESS_IN_USE;
            case PERMISSION_DENIED -> FailedEndpointDTO.REASON_PERMISSION_DENIED;
            case ADDRESS_UNAVAILABLE -> FailedEndpointDTO.REASON_ADDRESS_UNAVAILABLE;
        };
        return failed(view, reason, failure.message());
    }

    private static FailedEndpointDTO shadowed(BindingView view, List<BindingView> all) {
        FactoryBinding winner = view.shadowedBy();
        String address = all.stream()
                .filter(other -> other.binding() == winner)
                .map(BindingView::address)
                .findFirst()
                .orElse(view.address());
        String belongs = address.equals(view.address())
                ? view.address() + " belongs to "
                : view.address() + " cannot be bound beside " + address + ", which belongs to ";
        Rank rank = view.binding().rank();
        String message = winner != null && winner.rank().serviceId() == rank.serviceId()
                ? belongs + "the same factory: leave one of both out of reactor.host"
                : belongs + (winner == null ? "another factory" : whose(winner.rank()))
                        + ", which ranks higher: choose another port or raise service.ranking;"
                        + " this one takes over when that one goes";
        return failed(view, FailedEndpointDTO.REASON_SHADOWED_BY_OTHER_SERVICE, message);
    }

    private static FailedEndpointDTO quarantined(BindingView view, String reason) {
        return failed(
                view,
                FailedEndpointDTO.REASON_QUARANTINED,
                whose(view.binding().rank()) + " is in quarantine on " + view.address() + " (" + reason
                        + "): update its bundle, or let it out with reactor:factory-release");
    }

    private static String whose(Rank rank) {
        return rank.serviceId() < 0
                ? "a listening port that is no service"
                : "service " + rank.serviceId() + " of bundle " + rank.bundleId();
    }

    private static FailedEndpointDTO failed(BindingView view, int reason, String message) {
        FactoryBinding binding = view.binding();
        return new FailedEndpoint(binding.name(), view.host(), view.port(), reason, message).toDTO(binding.rank());
    }
}
