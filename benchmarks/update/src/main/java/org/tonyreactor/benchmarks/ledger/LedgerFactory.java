package org.tonyreactor.benchmarks.ledger;

import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.transport.Peer;
import org.tonyreactor.whiteboard.ReactorEndpoint;

/** Serves ledgers where its bundle's properties say. What happens to them it tells to a witness that outlives it. */
@ReactorEndpoint(name = "ledger", port = 0)
@Component(service = ProtocolFactory.class, properties = LedgerFactory.PROPERTIES)
public final class LedgerFactory implements ProtocolFactory {
    /** The file in the bundle with the port. */
    public static final String PROPERTIES = "OSGI-INF/ledger.properties";
    /** The service property of the witness. It is of a type of the JDK, for the bundle shares no other with it. */
    public static final String WITNESS = "ledger.witness";

    private final BiConsumer<String, Long> witness;

    /** The witness is told what happened to which connection; any thread. */
    @Activate
    public LedgerFactory(
            @Reference(service = BiConsumer.class, target = "(" + WITNESS + "=true)")
                    BiConsumer<String, Long> witness) {
        this.witness = witness;
    }

    @Override
    public Protocol buildProtocol(Peer peer) {
        return new Ledger(witness);
    }
}
