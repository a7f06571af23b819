package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;

/** Grizzly with the strategy its manual gives for code that does not block: all on the selector's thread. */
final class GrizzlyEcho {
    private GrizzlyEcho() {}

    public static void main(String[] args) throws IOException {
        EchoOptions options = EchoOptions.parse(args);
        TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance()
                .setIOStrategy(SameThreadIOStrategy.getInstance())
                .setSelectorRunnersCount(options.workers())
                .setServerConnectionBackLog(EchoOptions.BACKLOG)
                .setTcpNoDelay(true)
                .setProcessor(FilterChainBuilder.stateless()
                        .add(new TransportFilter())
                        .add(new EchoFilter())
                        .build())
                .build();
        TCPNIOServerConnection listener = transport.bind(options.address());
        transport.start();
        EchoOptions.serve(((InetSocketAddress) listener.getLocalAddress()).getPort());
    }

    private static final class EchoFilter extends BaseFilter {
        @Override
        public NextAction handleRead(FilterChainContext context) {
            context.write(context.getMessage());
            return context.getStopAction();
        }
    }
}
