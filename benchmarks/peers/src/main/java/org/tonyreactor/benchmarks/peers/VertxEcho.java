package org.tonyreactor.benchmarks.peers;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Vert.x: one verticle on each event loop, all on one port, on the native transport where there is one. */
final class VertxEcho {
    /** With 0 each verticle would get a port of its own; a negative one is any free port, but the same for all. */
    private static final int ANY_SHARED_PORT = -1;

    private VertxEcho() {}

    public static void main(String[] args) throws IOException {
        EchoOptions options = EchoOptions.parse(args);
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(options.workers()));
        NetServerOptions listening = new NetServerOptions()
                .setHost(options.address().getAddress().getHostAddress())
                .setPort(options.port() == 0 ? ANY_SHARED_PORT : options.port())
                .setAcceptBacklog(EchoOptions.BACKLOG)
                .setTcpNoDelay(true);
        CompletableFuture<Integer> port = new CompletableFuture<>();
        vertx.deployVerticle(
                        () -> new EchoVerticle(listening, port),
                        new DeploymentOptions().setInstances(options.workers()))
                .await();
        EchoOptions.serve(port.join());
    }

    private static final class EchoVerticle extends VerticleBase {
        private final NetServerOptions listening;
        private final CompletableFuture<Integer> port;

        EchoVerticle(NetServerOptions listening, CompletableFuture<Integer> port) {
            this.listening = listening;
            this.port = port;
        }

        @Override
        public Future<NetServer> start() {
            return vertx.createNetServer(listening)
                    .connectHandler(socket -> {
                        // A peer that resets its connection is nothing to report.
                        socket.exceptionHandler(cause -> {});
                        socket.pipeTo(socket);
                    })
                    .listen()
                    .onSuccess(server -> port.complete(server.actualPort()));
        }
    }
}
