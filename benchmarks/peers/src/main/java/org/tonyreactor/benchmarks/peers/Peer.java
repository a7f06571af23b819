package org.tonyreactor.benchmarks.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An echo server to compare with. Its process prints {@code listening PORT} when it accepts connections on 127.0.0.1,
 * sends every byte back, and ends when its standard input does.
 */
public enum Peer {
    NIO(new JavaProgram("nio", NioEcho.class, false)),
    NETTY_NIO(new JavaProgram("netty-nio", NettyNioEcho.class, false)),
    NETTY_EPOLL(new JavaProgram("netty-epoll", NettyEpollEcho.class, true)),
    NETTY_IO_URING(new JavaProgram("netty-iouring", NettyIoUringEcho.class, true)),
    MINA(new JavaProgram("mina", MinaEcho.class, false)),
    GRIZZLY(new JavaProgram("grizzly", GrizzlyEcho.class, false)),
    VERTX(new JavaProgram("vertx", VertxEcho.class, false)),
    C_EPOLL(new CProgram("c-epoll")),
    C_IO_URING(new CProgram("c-iouring"));

    /** Not quite immutable: a program remembers that it has been built or tried. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Program program;

    Peer(Program program) {
        this.program = program;
    }

    /** What reports and command lines call it. */
    public String label() {
        return program.label();
    }

    /**
     * What to start.
     *
     * @param java the {@code java} launcher; peers in C do without
     * @param port where to listen; 0 is any free port
     * @param workers threads that read and write
     * @throws IllegalStateException when the peer is {@link #unavailable()}
     */
    public List<String> command(Path java, int port, int workers) {
        return program.command(java, Integer.toString(port), Integer.toString(workers));
    }

    /** Whether the JDK makes a difference to it. */
    public boolean runsOnJava() {
        return program instanceof JavaProgram;
    }

    /** Where a command is on the search path, if it is there. */
    public static Optional<Path> onPath(String command) {
        return Program.onPath(command);
    }

    /** One line that says why it cannot run here, if it cannot. The first call may take a second: it tries. */
    public Optional<String> unavailable() {
        return program.unavailable();
    }
}
