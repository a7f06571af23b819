package org.tonyreactor.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the user asked for.
 *
 * @param action what to do
 * @param home the home folder, where one was given
 * @param port the port of the echo sample, where one was given
 * @param shell whether a shell is wanted when there is a terminal for it
 */
record CommandLine(Action action, Optional<Path> home, OptionalInt port, boolean shell) {
    /** What to do. */
    enum Action {
        SERVE,
        /** Serve once and stop, while the JVM records the classes for an archive. */
        WRITE_ARCHIVE,
        HELP,
        VERSION
    }

    static final String USAGE = """
            tonyReactor: a network server whose protocols are bundles

            Usage: reactor [options]        or: java -jar tonyreactor.jar [options]

              --port N     serve echo on port N, 0 to 65535; 0 is any free port (default 7007)
              --home DIR   the folder of conf/, deploy/, logs/ and cache/, made when it is missing
                           (default: the distribution's own folder; for the jar ./reactor-home)
              --no-shell   start no shell; without a terminal there is none
              --class-archive
                           start once, stop, and keep the loaded classes in lib/classes.jsa, from
                           which every later start takes them; again after an update of Java
              --version    print the versions of tonyReactor, Felix and Java
              --help       print this text

            A protocol bundle dropped into deploy/ is served at once; taking it out frees its port.
            Ctrl-C or SIGTERM stops the server in order.
            Exit status: 0 stopped in order, 1 cannot serve, 2 wrong usage.
            """;

    private static final int MAX_PORT = 65_535;

    static CommandLine parse(List<String> args) throws UsageError {
        Action action = Action.SERVE;
        Optional<Path> home = Optional.empty();
        OptionalInt port = OptionalInt.empty();
        boolean shell = true;
        Deque<String> remaining = new ArrayDeque<>(split(args));
        while (!remaining.isEmpty()) {
            String option = remaining.remove();
            switch (option) {
                case "--help", "-h" -> action = Action.HELP;
                case "--version" -> action = Action.VERSION;
                case "--class-archive" -> action = Action.WRITE_ARCHIVE;
                case "--no-shell" -> shell = false;
                case "--home" -> home = Optional.of(folder(value(option, remaining)));
                case "--port" -> port = OptionalInt.of(port(value(option, remaining)));
                default -> throw new UsageError("unknown option " + option + ": try --help");
            }
        }
        return new CommandLine(action, home, port, shell);
    }

    /** {@code --port=N} is {@code --port N}. */
    private static List<String> split(List<String> args) {
        return args.stream()
                .flatMap(arg -> arg.startsWith("--") ? List.of(arg.split("=", 2)).stream() : List.of(arg).stream())
                .toList();
    }

    private static String value(String option, Deque<String> remaining) throws UsageError {
        String value = remaining.poll();
        if (value == null || value.isEmpty()) {
            throw new UsageError(option + " needs a value: try --help");
        }
        return value;
    }

    private static Path folder(String text) throws UsageError {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageError("--home " + text + " is no path of a folder: " + e.getReason());
        }
    }

    private static int port(String text) throws UsageError {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new UsageError("--port " + text + " is no port: give a number from 0 to " + MAX_PORT);
    }
}
