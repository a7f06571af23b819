package org.tonyreactor.internal.engine.connection;

import java.lang.reflect.Proxy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.tonyreactor.internal.engine.wire.Wire;

/** A slot that its worker gives back, and the acceptor that finds it released. */
public final class SlotStress {
    private static final int GENERATION = 7;
    private static final Wire WIRE = (Wire) Proxy.newProxyInstance(
            Wire.class.getClassLoader(), new Class<?>[] {Wire.class}, (proxy, method, arguments) -> null);

    private SlotStress() {}

    private static Slot leased() {
        Slot slot = new Slot(0) {};
        slot.lease(GENERATION);
        return slot;
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"false, false", "false, true"},
            expect = Expect.ACCEPTABLE,
            desc = "Still the worker's.")
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "Released, and empty.")
    @Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "Released, with what the worker had.")
    public static class IsEmptyOnceItIsReleased {
        private final Slot slot = leased();

        /** It has a wire. */
        public IsEmptyOnceItIsReleased() {
            slot.assign(WIRE);
        }

        @Actor
        public void worker() {
            slot.clear();
            slot.release();
        }

        @Actor
        public void acceptor(ZZ_Result result) {
            result.r1 = slot.isReleased(GENERATION);
            result.r2 = slot.wireOrNull() != null;
        }
    }

    @JCStressTest(Mode.Termination)
    @State
    @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "Found released.")
    @Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "Never found released.")
    public static class IsFoundReleasedInTheEnd {
        private final Slot slot = leased();

        @Actor
        public void acceptor() {
            while (!slot.isReleased(GENERATION)) {
                // Ends with the signal.
            }
        }

        @Signal
        public void worker() {
            slot.release();
        }
    }
}
