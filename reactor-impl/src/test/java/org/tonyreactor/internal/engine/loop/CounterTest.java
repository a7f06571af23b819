package org.tonyreactor.internal.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CounterTest {
    @Test
    void addsUpWhatItIsGiven() {
        Counter counter = new Counter();

        counter.increment();
        counter.add(10);
        counter.add(-3);

        assertEquals(8, counter.get());
    }
}
