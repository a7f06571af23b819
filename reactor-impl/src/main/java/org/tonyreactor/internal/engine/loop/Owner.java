package org.tonyreactor.internal.engine.loop;

/** The thread that owns an object. It is checked only if assertions are on. */
public interface Owner {
    /** No particular thread: any thread may call. */
    Owner ANYONE = () -> {};

    /** Fails with an {@link AssertionError} when the caller is another thread; does nothing where assertions are off. */
    void assertOwner();
}
