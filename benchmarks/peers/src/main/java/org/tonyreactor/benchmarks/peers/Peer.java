package org.tonyreactor.benchmarks.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.benchmarks.harness.ChildProcess;
import org.tonyreactor.benchmarks.harness.Folder;
import org.tonyreactor.benchmarks.harness.MeasuringFailure;

/**
 * An echo server to compare with. Its process prints {@code listening PORT} when it accepts connections on 127.0.0.1,
 * sends every byte back, and ends when its standard input does.
 */
public enum Peer {
    C_EPOLL("c-epoll", null),
    C_IO_URING("c-iouring", null),
    NIO("nio", NioEcho.class),
    NETTY_NIO("netty-nio", NettyEcho.Nio.class),
    NETTY_EPOLL("netty-epoll", NettyEcho.Epoll.class),
    NETTY_IO_URING("netty-iouring", NettyIoUringEcho.class),
    MINA("mina", MinaEcho.class),
    GRIZZLY("grizzly", GrizzlyEcho.class),
    VERTX("vertx", VertxEcho.class);

    private static final long TRIAL_SECONDS = 30;
    private static final Map<Peer, Optional<String>> PROBLEMS = new ConcurrentHashMap<>();

    private final String label;
    private final @Nullable Class<?> main;

    Peer(String label, @Nullable Class<?> main) {
        this.label = label;
        this.main = main;
    }

    /** What reports and command lines call it. */
    public String label() {
        return label;
    }

    /** Whether it is written in Java; if not, it is a C source of this jar. */
    public boolean runsOnJava() {
        return main != null;
    }

    /**
     * What to start, once it is known not to be {@link #unavailable()}.
     *
     * @param java the {@code java} launcher; peers in C do without
     * @param port where to listen; 0 is any free port
     * @param workers threads that read and write
     */
    public List<String> command(Path java, int port, int workers) {
        List<String> command = new ArrayList<>();
        if (main == null) {
            command.add(binary().toString());
        } else {
            command.add(java.toString());
            // So that newer JDKs let Netty and others use what they are fastest with; older ones do not know the
            // options.
            command.add("-XX:+IgnoreUnrecognizedVMOptions");
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.add("--enable-native-access=ALL-UNNAMED");
            // Nothing but its own libraries.
            Path libraries = code().resolveSibling("lib").resolve(label);
            command.addAll(List.of("-cp", code() + File.pathSeparator + libraries + "/*", main.getName()));
        }
        command.addAll(List.of(Integer.toString(port), Integer.toString(workers)));
        return command;
    }

    /** One line that says why it cannot run here, if it cannot. The first call may take a second: it builds and tries it. */
    public Optional<String> unavailable() {
        return PROBLEMS.computeIfAbsent(this, Peer::tryIt);
    }

    private Optional<String> tryIt() {
        try {
            Optional<String> problem = main == null ? CSource.build(label, binary()) : Optional.empty();
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            return problem.isPresent() ? problem : trial(command(java, 0, 1));
        } catch (IOException e) {
            throw new UncheckedIOException(label + " cannot be tried", e);
        }
    }

    private Path binary() {
        return code().resolveSibling("c").resolve(label);
    }

    /** The jar, or the folder of classes: beside it are the libraries of the peers in Java, and those in C are built there. */
    private static Path code() {
        try {
            return Path.of(Peer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where a command is on the search path. */
    public static Optional<Path> onPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What is wrong with a process that has to end well without input: a compiler, or a peer. */
    static Optional<String> trial(List<String> command) throws IOException {
        try (Folder folder = Folder.make();
                ChildProcess child =
                        ChildProcess.start(command, Map.of(), folder.path().resolve("errors"))) {
            child.endInput();
            child.finish(TRIAL_SECONDS);
            return Optional.empty();
        } catch (MeasuringFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trying " + command.get(0), e);
        }
    }
}
