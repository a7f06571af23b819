package org.tonyreactor.internal.whiteboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChangeCountTest {
    @Test
    void announcesTheLastCountAndNeverGoesBack() {
        ChangeCount changes = new ChangeCount();
        List<Long> told = new CopyOnWriteArrayList<>();
        changes.announceTo(told::add);

        for (int i = 0; i < 10_000; i++) {
            changes.increment();
        }

        await().until(() -> !told.isEmpty() && told.get(told.size() - 1) == 10_000);
        List<Long> sorted = new ArrayList<>(told);
        sorted.sort(null);
        assertEquals(sorted, told);
    }

    @Test
    void announcesAgainAfterAListenerThatThrew() {
        ChangeCount changes = new ChangeCount();
        CountDownLatch thrown = new CountDownLatch(1);
        List<Long> told = new CopyOnWriteArrayList<>();
        changes.announceTo(count -> {
            thrown.countDown();
            throw new IllegalStateException("on purpose");
        });
        changes.increment();
        await().until(() -> thrown.getCount() == 0);

        changes.announceTo(told::add);

        await().until(() -> {
            changes.increment();
            return !told.isEmpty();
        });
    }
}
