package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.BindingView.State;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Address;

/** An endpoint whose host is a name, step by step: the name server answers when the test says so. */
class NamedAddressTest {
    /** An address that no machine has (RFC 5737). */
    private static final String NOT_HERE = "192.0.2.1";

    private static final long RETRY_MILLIS = 100;

    @RegisterExtension
    final SteppedFixture stepped = new SteppedFixture(1);

    private final NameServerFixture server = new NameServerFixture();
    private final CounterFixture a = new CounterFixture("a");
    private final int port = EngineFixture.freePort();

    NamedAddressTest() throws IOException {}

    @BeforeEach
    void lookUpByHand() {
        stepped.engine().lookUpWith(server.names());
    }

    @OverEveryWire
    void deadNameServerFailsItsOwnEndpointInTimeAndHoldsUpNobodyElse() throws IOException {
        FactoryBinding named = bind("dead.example", port);
        assertEquals(State.FAILED, stepped.state(named));
        assertTrue(failure(named).contains("is being looked up"), failure(named));

        FactoryBinding other = bind("127.0.0.1", port);
        assertEquals("a1x", stepped.connect(other).send("x.").receive(3));

        stepped.pass(1_999);
        assertTrue(failure(named).contains("is being looked up"), failure(named));
        stepped.pass(1);
        assertTrue(failure(named).contains("no name server has said within 2000 ms"), failure(named));
    }

    @OverEveryWire
    void nameServerThatDoesNotAnswerIsAskedOnceForAllWhoWant() throws IOException {
        bind("dead.example", port);
        bind("dead.example", 0);

        for (int i = 0; i < 20; i++) {
            stepped.pass(2_000);
        }

        assertEquals(1, server.questions());
    }

    @OverEveryWire
    void answerThatComesTooLateIsGoodForTheNextTry() throws IOException {
        FactoryBinding named = bind("late.example", port);
        stepped.pass(2_000);
        stepped.pass(RETRY_MILLIS);

        server.says("late.example", "127.0.0.1").answer();
        stepped.settle();

        assertEquals(State.BOUND, stepped.state(named));
        assertEquals("a1x", stepped.connect(port).send("x.").receive(3));
    }

    @OverEveryWire
    void nameIsLookedUpAgainByEachTryToBind() throws IOException {
        FactoryBinding named = bind("moving.example", port);
        server.says("moving.example", NOT_HERE).answer();
        stepped.settle();
        assertTrue(failure(named).contains("cannot be bound"), failure(named));

        server.says("moving.example", "127.0.0.1");
        stepped.pass(RETRY_MILLIS);
        server.answer();
        stepped.settle();

        assertEquals(State.BOUND, stepped.state(named));
        assertEquals("a1x", stepped.connect(port).send("x.").receive(3));
    }

    @OverEveryWire
    void nameIsLookedUpAgainWhenItIsBoundAgain() throws IOException {
        server.says("moving.example", NOT_HERE);
        FactoryBinding first = bind("moving.example", port);
        server.answer();
        stepped.settle();
        stepped.engine().close(first);
        stepped.settle();

        FactoryBinding next = bind("moving.example", port);
        server.says("moving.example", "127.0.0.1").answer();
        stepped.settle();

        assertEquals(State.BOUND, stepped.state(next));
    }

    @OverEveryWire
    void numberThatIsNoAddressIsNotAskedForByTheAcceptor() throws IOException {
        FactoryBinding wrong = bind("999.1.1.1", port);

        assertEquals(1, server.questions());
        server.answer();
        stepped.settle();
        assertTrue(failure(wrong).contains("nobody knows 999.1.1.1"), failure(wrong));
    }

    @OverEveryWire
    void endpointThatIsTakenBackWhileItsNameIsLookedUpIsNotBound() throws IOException {
        FactoryBinding gone = bind("slow.example", port);
        stepped.engine().close(gone);
        stepped.settle();

        server.says("slow.example", "127.0.0.1").answer();
        stepped.settle();

        assertEquals(0, stepped.engine().bindings().size());
        stepped.pass(60_000);
        assertEquals(0, server.questions(), "nor is it tried again");
    }

    private FactoryBinding bind(String host, int at) {
        EndpointSettings settings = EndpointSettings.DEFAULTS.withAddress(
                Address.DEFAULTS.withHost(host).withPort(at));
        return stepped.bind(settings, Rank.NO_SERVICE, a);
    }

    private String failure(FactoryBinding binding) {
        return String.valueOf(stepped.view(binding).failure());
    }
}
