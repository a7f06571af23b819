package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.util.List;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.reactor.EndpointSettings;

/**
 * An echo server in a process of its own, which may open only a few descriptors: prints its port, serves until its
 * standard input ends. One that begins held has no factory until a line comes.
 */
final class ChildServerFixture {
    private ChildServerFixture() {}

    /** Starts the process. */
    static Process start(String... args) throws IOException {
        ProcessBuilder server = new ProcessBuilder("sh", "-c", "ulimit -n 128; exec \"$0\" \"$@\"");
        server.command().addAll(ChildJavaFixture.command(ChildServerFixture.class, "-Xmx64m"));
        server.command().addAll(List.of(args));
        return server.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    public static void main(String[] args) throws IOException {
        // The user's own class is loaded now: later there may be no descriptor for it.
        System.err.println("serves with " + new EchoFixture().getClass().getName());
        try (Engine engine = Engine.start(EngineFixture.ONE_WORKER)) {
            FactoryBinding binding = bind(engine);
            if (args.length > 0) {
                engine.closeForSuccessor(List.of(binding));
            }
            System.out.println(engine.bindings().get(0).port());
            if (args.length > 0) {
                System.in.read();
                bind(engine);
                System.out.println("bound");
            }
            System.in.read();
        }
    }

    private static FactoryBinding bind(Engine engine) {
        return engine.bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, peer -> new EchoFixture());
    }
}
