package org.tonyreactor.internal.whiteboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.internal.engine.LogFixture;
import org.tonyreactor.internal.engine.binding.BindingView;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.EngineSettings;
import org.tonyreactor.reactor.EndpointProperty;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;

/** A wrong value never takes down what runs. */
class LastGoodSettingsTest {
    private static final Map<String, Object> GOOD =
            Map.of("component.name", "acme", "reactor.port", 0, "reactor.weight", 50, "reactor.name", "good");

    private Engine engine;
    private FactoryWhiteboard whiteboard;

    @BeforeEach
    void start() throws IOException {
        engine = Engine.start(EngineSettings.defaults().withWorkers(1));
        whiteboard = new FactoryWhiteboard(new ServingContext(
                engine,
                new DeclarationReader(EndpointProperty.all(), Map.of("reactor.engine.name", "default")),
                new Predecessors(engine),
                engine.newReactor(),
                new ChangeCount(),
                new ClassLoaderLeaks(() -> 0)));
    }

    @AfterEach
    void stop() {
        engine.close();
        whiteboard.close();
    }

    @Test
    void staysAsAWholeWhileAServiceIsModifiedWithAWrongValue() {
        FakeOffer offer = add(1, GOOD);
        int port = onlyBinding().port();

        offer.modify(with(GOOD, "reactor.weight", 200, "reactor.name", "bad"));
        whiteboard.update(1);

        assertEquals(State.BOUND, onlyBinding().state());
        assertEquals(port, onlyBinding().port());
        assertEquals("good", onlyBinding().binding().name());
        assertEquals(50, onlyBinding().binding().settings().share().weight());
        FailedEndpointDTO failure = onlyFailure();
        assertEquals(FailedEndpointDTO.REASON_VALIDATION_FAILED, failure.reason);
        assertEquals(
                "reactor.weight = 200 is out of range: set it from 0 to 100 (service 1 of bundle 1); the last good settings"
                        + " stay in force: reactor.name = good, reactor.weight = 50",
                failure.message);
    }

    @Test
    void givesWayToTheNextGoodOnes() {
        FakeOffer offer = add(1, GOOD);
        offer.modify(with(GOOD, "reactor.port", "x"));
        whiteboard.update(1);

        offer.modify(with(GOOD, "reactor.weight", 60));
        whiteboard.update(1);

        assertEquals(60, onlyBinding().binding().settings().share().weight());
        assertEquals(List.of(), whiteboard.failures());
    }

    @Test
    void staysWhenTheComponentIsRegisteredAnewWithAWrongValue() {
        add(1, GOOD);
        int port = onlyBinding().port();

        whiteboard.remove(1);
        FakeOffer wrong = add(2, with(GOOD, "reactor.port", "none"));

        assertEquals(port, onlyBinding().port());
        assertEquals(State.BOUND, onlyBinding().state());
        assertEquals(2, onlyBinding().binding().rank().serviceId());
        assertEquals(1, wrong.gets.get());
        assertTrue(onlyFailure().message.startsWith("reactor.port = none is no whole number"), onlyFailure().message);

        whiteboard.remove(2);
        add(3, with(GOOD, "reactor.port", "none", "reactor.weight", 70));

        assertEquals(50, onlyBinding().binding().settings().share().weight());

        whiteboard.remove(3);
        add(4, with(GOOD, "reactor.weight", 70));

        assertEquals(port, onlyBinding().port());
        assertEquals(70, onlyBinding().binding().settings().share().weight());
        assertEquals(List.of(), whiteboard.failures());
    }

    @Test
    void warnsOnceOfWhatIsWrongAndOfWhatIsUnknown() {
        try (LogFixture log = new LogFixture()) {
            FakeOffer offer = add(1, with(GOOD, "reactor.weihgt", 1));
            offer.modify(with(GOOD, "reactor.weihgt", 1, "reactor.weight", 200));
            whiteboard.update(1);
            whiteboard.update(1);
            whiteboard.remove(1);
            add(2, with(GOOD, "reactor.weihgt", 2));

            assertEquals(
                    List.of(
                            "good: reactor.weihgt is unknown and ignored: did you mean reactor.weight?",
                            "good does not get what it asks for: reactor.weight = 200 is out of range"),
                    log.text()
                            .lines()
                            .filter(line -> line.contains("WARN"))
                            .map(line ->
                                    line.replaceFirst("^.*whiteboard - ", "").replaceFirst(": set it.*$", ""))
                            .toList());
        }
    }

    @Test
    void keepsTheRankingToo() {
        FakeOffer offer = add(1, with(GOOD, "service.ranking", 7));

        offer.modify(with(GOOD, "service.ranking", "high"));
        whiteboard.update(1);

        assertEquals(7, onlyBinding().binding().rank().ranking());
        assertTrue(onlyFailure().message.startsWith("service.ranking = high"), onlyFailure().message);
    }

    @Test
    void isNoneOfAFirstRegistration() {
        FakeOffer offer = add(1, with(GOOD, "reactor.weight", 200));

        assertEquals(List.of(), engine.bindings());
        assertEquals(0, offer.gets.get());
        assertFalse(onlyFailure().message.contains("last good"), onlyFailure().message);
    }

    @Test
    void isForgottenWithItsAddress() {
        add(1, with(GOOD, "reactor.hold.timeout.millis", 0));

        whiteboard.remove(1);
        add(2, with(GOOD, "reactor.weight", 200));

        assertEquals(List.of(), engine.bindings());
        assertFalse(onlyFailure().message.contains("last good"), onlyFailure().message);
    }

    @Test
    void isOfNoOtherComponent() {
        add(1, GOOD);

        whiteboard.remove(1);
        add(2, with(GOOD, "component.name", "other", "reactor.weight", 200));

        assertEquals(State.HELD, onlyBinding().state());
        assertFalse(onlyFailure().message.contains("last good"), onlyFailure().message);
    }

    @Test
    void isNotSharedWithASecondServiceOfTheSameComponent() {
        add(1, GOOD);

        add(2, with(GOOD, "reactor.weight", 200));

        assertEquals(1, onlyBinding().binding().rank().serviceId());
        assertFalse(onlyFailure().message.contains("last good"), onlyFailure().message);
    }

    @Test
    void tellsComponentsOfAFactoryConfigurationByTheirPids() {
        add(1, with(GOOD, "service.factoryPid", "acme", "service.pid", "acme~a"));

        whiteboard.remove(1);
        add(2, with(GOOD, "service.factoryPid", "acme", "service.pid", "acme~b", "reactor.weight", 200));
        add(3, with(GOOD, "service.factoryPid", "acme", "service.pid", "acme~a", "reactor.weight", 200));

        assertEquals(3, onlyBinding().binding().rank().serviceId());
        assertEquals(2, whiteboard.failures().size());
    }

    private FakeOffer add(long serviceId, Map<String, Object> properties) {
        FakeOffer offer = new FakeOffer(serviceId, properties, () -> peer -> null);
        whiteboard.add(offer);
        return offer;
    }

    private BindingView onlyBinding() {
        assertEquals(1, engine.bindings().size(), engine.bindings()::toString);
        return engine.bindings().get(0);
    }

    private FailedEndpointDTO onlyFailure() {
        assertEquals(1, whiteboard.failures().size());
        return whiteboard.failures().get(0);
    }

    private static Map<String, Object> with(Map<String, Object> properties, Object... others) {
        Map<String, Object> all = new HashMap<>(properties);
        for (int i = 0; i < others.length; i += 2) {
            all.put((String) others[i], others[i + 1]);
        }
        return all;
    }
}
