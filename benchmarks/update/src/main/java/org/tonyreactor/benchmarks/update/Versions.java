package org.tonyreactor.benchmarks.update;

/** Which versions may answer now. Written by the driver's main thread, read by all. */
final class Versions {
    private volatile int newest = 1;
    private volatile int settled = 1;

    /** An update to this version begins: from now on it may answer. */
    void begin(int version) {
        newest = version;
    }

    /** The update has returned: requests sent from now on must be answered by it. */
    void settle() {
        settled = newest;
    }

    int newest() {
        return newest;
    }

    int settled() {
        return settled;
    }
}
