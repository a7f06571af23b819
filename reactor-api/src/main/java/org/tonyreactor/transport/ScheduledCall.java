package org.tonyreactor.transport;

import org.osgi.annotation.versioning.ProviderType;

/** A call that will run later on a worker. Any thread may call every method. */
@ProviderType
public interface ScheduledCall {
    /**
     * Cancels the call if it has not begun.
     *
     * @return true if the call will not run because of this cancel
     */
    boolean cancel();

    /**
     * Whether the call has begun, or will never begin.
     *
     * @return true once the call has begun to run, was cancelled, or was dropped with its connection
     */
    boolean isDone();

    /**
     * The time until the call is due.
     *
     * @return milliseconds, rounded up; 0 when it is due or done
     */
    long remainingMillis();
}
