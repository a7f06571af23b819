package org.tonyreactor.benchmarks.comparison;

/** A measurement that has no figure: the server or the load generator failed. The others go on. */
final class MeasuringFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    MeasuringFailure(String message) {
        super(message);
    }
}
