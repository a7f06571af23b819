package org.tonyreactor.transport;

import org.osgi.annotation.versioning.ProviderType;

/** A call that is to run later on a worker. Any thread may ask or cancel. */
@ProviderType
public interface ScheduledCall {
    /**
     * Cancels the call if it has not begun.
     *
     * @return true when this call of cancel is why it will not run
     */
    boolean cancel();

    /**
     * Whether nothing is to come any more.
     *
     * @return true once the call has begun to run, was cancelled, or was dropped with its connection
     */
    boolean isDone();

    /**
     * How long until the call is due.
     *
     * @return milliseconds, rounded up; 0 when it is due or done
     */
    long remainingMillis();
}
