package org.tonyreactor.internal.engine;

/** Threads of a test that a model checker schedules: they are few, short and always joined. */
public final class Concurrently {
    private Concurrently() {}

    public static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    public static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
