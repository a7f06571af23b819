package org.tonyreactor.launcher;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.framework.BundleContext;

/**
 * A run that starts the server, exchanges one message and stops, so that the JVM has loaded what every later start needs and writes it into an archive when it
 * ends. The start script tells the JVM to, and puts the finished archive in its place: a half-written one would end the
 * JVM of the next start.
 */
final class ArchiveRun {
    /** Set by the start script that keeps the archive. */
    private static final String SCRIPT = "tonyreactor.class.archive";

    private static final String ECHO = "echo";
    private static final int ANSWER_MILLIS = 10_000;

    private ArchiveRun() {}

    /** On a free port, where none is wanted: a server of another home may have the usual one. */
    static CommandLine of(CommandLine line) throws UsageError {
        if (System.getProperty(SCRIPT) == null) {
            throw new UsageError("--class-archive is for bin/reactor of the distribution: unpack it and use that");
        }
        return new CommandLine(
                line.action(), line.home(), line.port().isPresent() ? line.port() : OptionalInt.of(0), false);
    }

    /** Exchanges a byte with the sample, where it is served. */
    static void exchangeByte(BundleContext context) throws StartFailure {
        Optional<EndpointView> echo = EndpointView.all(context).orElse(List.of()).stream()
                .filter(endpoint -> endpoint.bound() && ECHO.equals(endpoint.name()))
                .findFirst();
        if (echo.isPresent()) {
            exchange(echo.get());
        }
    }

    private static void exchange(EndpointView echo) throws StartFailure {
        try (Socket socket = new Socket(echo.host(), echo.port())) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write('r');
            if (socket.getInputStream().read() != 'r') {
                throw new StartFailure("the echo on " + echo.address() + " did not answer: see the log in logs/");
            }
        } catch (IOException e) {
            throw new StartFailure("the echo on " + echo.address() + " cannot be reached (" + StartFailure.causeOf(e)
                    + "): see the log in logs/");
        }
    }
}
