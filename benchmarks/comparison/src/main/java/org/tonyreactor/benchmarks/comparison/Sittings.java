package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;

/**
 * Which work is measured how.
 *
 * @param generator of the load
 * @param options of the run
 */
record Sittings(Generator generator, Options options) {
    /** Begins one; the caller closes it. */
    Sitting of(Work work) throws IOException {
        return switch (work.kind()) {
            case ECHO, SWEEP, ENDPOINTS, CHURN, RATE ->
                new LoadSitting(generator, work, options.warmupSeconds(), options.seconds());
            case IDLE -> new SingleSitting(new IdleMeasurement(generator), work);
            case START -> new SingleSitting(new StartMeasurement(), work);
            case DEPLOY -> new SingleSitting(new DeployMeasurement(), work);
            case SHELL -> new SingleSitting(new ShellMeasurement(), work);
            case CALLS -> new SingleSitting(new CallsMeasurement(generator), work);
        };
    }
}
