package org.tonyreactor.benchmarks.peers;

import java.io.IOException;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

/** MINA: as many processors as workers, and the acceptor's own thread. */
final class MinaEcho {
    private MinaEcho() {}

    public static void main(String[] args) throws IOException {
        EchoOptions options = EchoOptions.parse(args);
        NioSocketAcceptor acceptor = new NioSocketAcceptor(options.workers());
        acceptor.setBacklog(EchoOptions.BACKLOG);
        acceptor.setReuseAddress(true);
        acceptor.getSessionConfig().setTcpNoDelay(true);
        acceptor.setHandler(new EchoHandler());
        acceptor.bind(options.address());
        EchoOptions.serve(acceptor.getLocalAddress().getPort());
    }

    private static final class EchoHandler extends IoHandlerAdapter {
        @Override
        public void messageReceived(IoSession session, Object message) {
            session.write(((IoBuffer) message).duplicate());
        }

        @Override
        public void exceptionCaught(IoSession session, Throwable cause) {
            session.closeNow();
        }
    }
}
