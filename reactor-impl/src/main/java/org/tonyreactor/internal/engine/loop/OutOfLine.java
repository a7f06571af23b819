package org.tonyreactor.internal.engine.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Calls another {@link Runnable} in a way that the just-in-time compiler does not inline: through a method handle that
 * is no constant.
 *
 * <p>A compiled method keeps the classes of all code that was inlined into it, for as long as it is on a thread's
 * stack. A loop that waits is on a stack for ever. If the callbacks were inlined into it, it would keep the class
 * loader of a bundle that has long gone, by a reference that no heap dump shows.
 */
final class OutOfLine implements Runnable {
    private final MethodHandle callee;

    OutOfLine(Runnable callee) {
        try {
            this.callee = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(callee);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Runnable has no run()", e);
        }
    }

    /** Throws the exception of the callee, which is unchecked. */
    @Override
    public void run() {
        try {
            callee.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a Runnable has thrown a checked exception", e);
        }
    }
}
