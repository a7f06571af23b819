package org.tonyreactor.benchmarks.load;

/** What is said, and when. All calls come from the loop's thread. */
interface Work {
    /** Once, when all connections are made. */
    void begin(long nowNanos);

    /** Once a turn until the window is over. */
    default void turn(long nowNanos) {}

    /** Whether turns are due by time, so that the loop must not sleep until somebody answers. */
    default boolean keepsTime() {
        return false;
    }

    /** The messages from the first one to the one before the end, counted per connection from 0, came back whole. */
    void heard(Conversation from, long first, long end, long nowNanos);
}
