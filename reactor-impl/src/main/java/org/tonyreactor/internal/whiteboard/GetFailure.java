package org.tonyreactor.internal.whiteboard;

/**
 * Why a service could not be got.
 *
 * @param cause what went wrong
 * @param remedy what to do
 * @param mayPass whether it is worth asking again without a change. A component whose code has thrown is not: the component
 *     runtime would log a stack trace for each try.
 */
record GetFailure(String cause, String remedy, boolean mayPass) {
    static final GetFailure NONE = new GetFailure("", "", true);

    /** Of a service that was just asked for. */
    static GetFailure of(OfferedFactory offered, String problem) {
        return offered.componentFailure()
                .map(thrown -> new GetFailure(
                        "its component has thrown " + thrown,
                        "correct that; it is tried again when its configuration changes or its bundle is started again",
                        false))
                .orElseGet(() -> new GetFailure(
                        problem, "look at its bundle's log and start; it is tried again by itself", true));
    }

    @Override
    public String toString() {
        return "cannot be got (" + cause + "): " + remedy;
    }
}
