package org.tonyreactor.it;

import java.util.List;

/** What the engine said of itself at one moment. */
final class RuntimeView {
    private final Object dto;

    /** One factory on one address. */
    record Endpoint(String name, String host, int port, int state, long serviceId, long bundleId, long connections) {}

    /** A factory that is not served, and why. */
    record Failure(String name, String host, int port, int reason, long serviceId, long bundleId, String message) {}

    RuntimeView(Object dto) {
        this.dto = dto;
    }

    List<Endpoint> endpoints() {
        return Fields.getAll(dto, "endpointDTOs").stream()
                .map(each -> new Endpoint(
                        Fields.getString(each, "name"),
                        Fields.getString(each, "host"),
                        Fields.getInt(each, "port"),
                        Fields.getInt(each, "state"),
                        Fields.getLong(each, "serviceId"),
                        Fields.getLong(each, "bundleId"),
                        Fields.getLong(each, "connections")))
                .toList();
    }

    List<Failure> failures() {
        return Fields.getAll(dto, "failedEndpointDTOs").stream()
                .map(each -> new Failure(
                        Fields.getString(each, "name"),
                        Fields.getString(each, "host"),
                        Fields.getInt(each, "port"),
                        Fields.getInt(each, "reason"),
                        Fields.getLong(each, "serviceId"),
                        Fields.getLong(each, "bundleId"),
                        Fields.getString(each, "message")))
                .toList();
    }

    List<Endpoint> endpointsOf(long serviceId) {
        return endpoints().stream()
                .filter(each -> each.serviceId() == serviceId)
                .toList();
    }

    List<Failure> failuresOf(long serviceId) {
        return failures().stream().filter(each -> each.serviceId() == serviceId).toList();
    }

    long exhausted() {
        return Fields.getLong(dto, "exhausted");
    }

    @Override
    public String toString() {
        return dto.toString();
    }
}
