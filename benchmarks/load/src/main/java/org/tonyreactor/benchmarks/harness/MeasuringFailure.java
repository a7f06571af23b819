package org.tonyreactor.benchmarks.harness;

/** A measurement that has no figure, since a process failed. The other measurements go on. */
public final class MeasuringFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MeasuringFailure(String message) {
        super(message);
    }
}
