package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.ConnectSettings;

class ClientBindingsTest {
    private final ClientBindings bindings =
            new ClientBindings(settings -> new FactoryBinding(settings, Rank.NO_SERVICE, null, 1));

    @Test
    void areOneForEqualSettings() {
        FactoryBinding first = bindings.acquire(ConnectSettings.DEFAULTS);

        assertSame(first, bindings.acquire(ConnectSettings.DEFAULTS.withTimeoutMillis(1)));
        assertNotSame(first, bindings.acquire(ConnectSettings.DEFAULTS.withName("upstream")));
        assertEquals(2, bindings.all().size());
    }

    @Test
    void goWithTheirLastConnection() {
        FactoryBinding binding = bindings.acquire(ConnectSettings.DEFAULTS);
        bindings.acquire(ConnectSettings.DEFAULTS);

        bindings.release(binding);
        assertEquals(List.of(binding), bindings.all());
        bindings.release(binding);
        assertEquals(List.of(), bindings.all());
    }
}
