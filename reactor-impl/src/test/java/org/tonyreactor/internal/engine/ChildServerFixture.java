package org.tonyreactor.internal.engine;

import java.io.IOException;
import org.tonyreactor.reactor.EndpointSettings;

/** An echo server in a process of its own: prints its port, serves until its standard input ends. */
final class ChildServerFixture {
    private ChildServerFixture() {}

    public static void main(String[] args) throws IOException {
        try (Engine engine = Engine.start(EngineFixture.ONE_WORKER)) {
            engine.bind(EndpointSettings.builder().build(), Rank.NO_SERVICE, peer -> new EchoFixture());
            System.out.println(engine.bindings().get(0).port());
            System.in.read();
        }
    }
}
