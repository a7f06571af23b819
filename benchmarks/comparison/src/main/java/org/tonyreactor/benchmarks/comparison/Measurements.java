package org.tonyreactor.benchmarks.comparison;

/** Which work is measured how. */
final class Measurements {
    private final Measurement load;
    private final Measurement idle;
    private final Measurement calls;
    private final Measurement start = new StartMeasurement();
    private final Measurement deploy = new DeployMeasurement();

    Measurements(Generator generator, Options options) {
        load = new LoadMeasurement(generator, options.warmupSeconds(), options.seconds());
        idle = new IdleMeasurement(generator);
        calls = new CallsMeasurement(generator, options.seconds());
    }

    Measurement of(Work work) {
        return switch (work.kind()) {
            case ECHO, SWEEP, ENDPOINTS, CHURN, RATE -> load;
            case IDLE -> idle;
            case START -> start;
            case DEPLOY -> deploy;
            case CALLS -> calls;
        };
    }
}
