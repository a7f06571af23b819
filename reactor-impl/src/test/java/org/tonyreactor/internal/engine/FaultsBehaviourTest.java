package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.transport.CloseReason;
import org.tonyreactor.transport.CloseReason.Kind;

/** Whatever a callback throws costs its own connection and nothing else. */
@Timeout(60)
class FaultsBehaviourTest {
    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture bystanders = ProtocolFixture.echo();
    private final ProtocolFixture factory = new ProtocolFixture();

    /** What bundles throw. */
    enum Fault {
        EXCEPTION {
            @Override
            void raise() throws Exception {
                throw new IOException("on purpose");
            }
        },
        RUNTIME_EXCEPTION {
            @Override
            void raise() {
                throw new IllegalStateException("on purpose");
            }
        },
        STACK_OVERFLOW {
            @Override
            void raise() {
                assertNotEquals(0, deeper(1));
            }

            private int deeper(int depth) {
                return depth == 0 ? 0 : deeper(depth + 1) + 1; // Never 0 before the stack is.
            }
        },
        LINKAGE_ERROR {
            @Override
            void raise() {
                throw new NoClassDefFoundError("gone/with/the/Bundle");
            }
        },
        OUT_OF_MEMORY {
            @Override
            void raise() {
                throw new OutOfMemoryError("on purpose");
            }
        },
        THREAD_DEATH {
            @Override
            void raise() {
                throw new Error("as Thread.stop would throw");
            }
        },
        UNPRINTABLE {
            @Override
            void raise() {
                throw new IllegalStateException("whose message throws") {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getMessage() {
                        throw this;
                    }
                };
            }
        };

        abstract void raise() throws Exception;

        /** For callbacks that declare nothing. */
        void raiseUnchecked() {
            try {
                raise();
            } catch (Exception e) {
                throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void faultInConnectionMadeCostsThatConnectionOnly(Fault fault) throws Exception {
        factory.made(protocol -> fault.raise());

        costsThatConnectionOnly(client -> {});
    }

    @ParameterizedTest
    @EnumSource
    void faultInDataReceivedCostsThatConnectionOnly(Fault fault) throws Exception {
        factory.data((protocol, data) -> fault.raise());

        costsThatConnectionOnly(client -> client.send("x"));
    }

    @ParameterizedTest
    @EnumSource
    void faultInInputEndedCostsThatConnectionOnly(Fault fault) throws Exception {
        factory.inputEnded(protocol -> fault.raise());

        costsThatConnectionOnly(ClientFixture::finish);
    }

    @ParameterizedTest
    @EnumSource
    void faultInOutputReadyCostsThatConnectionOnly(Fault fault) throws Exception {
        factory.made(protocol -> protocol.write(new byte[16 << 20])).outputReady(protocol -> fault.raise());

        costsThatConnectionOnly(client -> {
            eventually(() -> !factory.all().isEmpty());
            factory.all().get(0).awaitEvent("made");
            client.read(16 << 20);
        });
    }

    @ParameterizedTest
    @EnumSource
    void faultInATimerCostsThatConnectionOnly(Fault fault) throws Exception {
        factory.made(protocol -> protocol.callLater(Duration.ofMillis(1), fault::raiseUnchecked));

        costsThatConnectionOnly(client -> {});
    }

    @ParameterizedTest
    @EnumSource
    void faultInATaskCostsThatConnectionOnly(Fault fault) throws Exception {
        factory.made(protocol -> assertTrue(protocol.transport().execute(fault::raiseUnchecked)));

        costsThatConnectionOnly(client -> {});
    }

    @ParameterizedTest
    @EnumSource
    void faultInConnectionLostCostsNothingMore(Fault fault) throws Exception {
        factory.lost(protocol -> fault.raise());
        ClientFixture bystander = fixture.connect(fixture.serve(bystanders));
        FactoryBinding binding = fixture.serve(factory);

        fixture.connect(binding).finish().expectEnd();

        assertEquals(Kind.CLOSED_BY_PEER, factory.next().awaitLost().kind());
        eventually(() -> binding.errors() == 1 && binding.openConnections() == 0);
        assertEquals("on", bystander.send("on").readText(2));
        assertTrue(fixture.engine().close(binding));
    }

    @ParameterizedTest
    @EnumSource
    void faultInBuildProtocolRefusesThatConnectionOnly(Fault fault) throws Exception {
        ClientFixture bystander = fixture.connect(fixture.serve(bystanders));
        FactoryBinding binding = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, peer -> {
            fault.raise();
            return null;
        });

        fixture.connect(binding).expectEnd();

        eventually(() -> binding.errors() == 1 && binding.refusedConnections() == 1 && binding.openConnections() == 0);
        assertEquals("on", bystander.send("on").readText(2));
    }

    @Test
    void nullProtocolRefusesPolitelyAPeerThatIsAlreadySending() throws Exception {
        FactoryBinding binding = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, peer -> null);

        ClientFixture client = fixture.connect(binding).send(new byte[100_000]);

        client.expectEnd();
        client.close();
        eventually(() -> binding.refusedConnections() == 1 && binding.openConnections() == 0);
        assertEquals(0, binding.errors());
    }

    @Test
    void outputWrittenBeforeTheFaultIsSent() throws Exception {
        factory.data((protocol, data) -> {
            protocol.write("before");
            throw new IllegalStateException("on purpose");
        });

        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertEquals("before", client.readText(6));
        client.expectEnd();
    }

    /** What the peer does to make its connection fail. */
    private interface Provocation {
        void by(ClientFixture client) throws Exception;
    }

    private void costsThatConnectionOnly(Provocation provocation) throws Exception {
        ClientFixture bystander = fixture.connect(fixture.serve(bystanders));
        FactoryBinding binding = fixture.serve(factory);
        ClientFixture client = fixture.connect(binding);

        provocation.by(client);

        CloseReason reason = factory.next().awaitLost();
        assertEquals(Kind.PROTOCOL_ERROR, reason.kind());
        assertNotNull(reason.cause());
        client.expectEnd();
        assertEquals(1, binding.errors());
        assertEquals("on", bystander.send("on").readText(2));
        assertFalse(bystanders.next().isLost());
        eventually(() -> binding.openConnections() == 0);
    }
}
