package org.tonyreactor.launcher;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Does what the command line asks for; see {@link CommandLine#USAGE}. */
public final class Launcher {
    private static final int CANNOT_SERVE = 1;
    private static final int WRONG_USAGE = 2;
    private static final int ENGINE_FAILED = 3;
    private static final String FILE_INSTALL = "org.apache.felix.fileinstall";
    private static final String ECHO = "org.tonyreactor.sample.echo.Echo";

    private final CommandLine line;
    private final Installation installation;
    private final Home home;

    private Launcher(CommandLine line, Installation installation, Home home) {
        this.line = line;
        this.installation = installation;
        this.home = home;
    }

    /**
     * Starts the server and stays until it has stopped, or prints what was asked for.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        try {
            CommandLine line = CommandLine.parse(List.of(args));
            switch (line.action()) {
                case HELP -> System.out.print(CommandLine.USAGE);
                case VERSION -> System.out.println(versions());
                case SERVE -> serve(line);
                case WRITE_ARCHIVE -> serve(ArchiveRun.of(line));
            }
        } catch (UsageError e) {
            fail(e, WRONG_USAGE);
        } catch (StartFailure e) {
            fail(e, CANNOT_SERVE);
        }
    }

    private static void serve(CommandLine line) throws StartFailure {
        Installation installation = Installation.own();
        Home home = new Home(line.home().orElseGet(installation::defaultHome));
        home.prepare(installation);
        HomeLock lock = HomeLock.take(home);
        ConfFolder.check(home.conf());
        new Launcher(line, installation, home).run(lock, OldCache.setAside(home));
    }

    /** Serves until the framework has stopped, and ends the process. */
    private void run(HomeLock lock, OldCache oldCache) {
        PlainPath plain = PlainPath.to(home);
        System.setProperty("tonyreactor.logs", plain.root().resolve("logs").toString());
        boolean shell = line.shell() && hasTerminal();
        BufferedStderr stderr = BufferedStderr.begin(shell);
        Server server = new Server(home, plain.root(), shell);
        OrderlyStop stop = new OrderlyStop(server.framework(), lock, plain, stderr.console());
        stop.install();
        try {
            String served = start(server);
            System.out.println(readyLine(served, server.hasShell()));
            stderr.release();
            stop.closeFirst(HotDeploy.start(home, server.context(), bundles()));
            server.complete();
            oldCache.delete();
            if (line.action() == CommandLine.Action.WRITE_ARCHIVE) {
                ArchiveRun.exchangeByte(server.context());
                stop.exit(0);
            }
            server.stopWithTheEngine();
            server.framework().waitForStop(0);
            if (server.hasEngineFailed()) {
                stop.fail(
                        "the engine has stopped, since its threads died again and again: see the log in logs/",
                        ENGINE_FAILED);
            }
            stop.exit(0);
        } catch (StartFailure e) {
            stop.fail(PrintableLine.of(e.line()), CANNOT_SERVE);
        } catch (InterruptedException | RuntimeException e) {
            stop.fail("the server failed (" + StartFailure.causeOf(e) + "): see the log in logs/", CANNOT_SERVE);
        }
    }

    private String start(Server server) throws StartFailure, InterruptedException {
        server.startConfigurable(bundles());
        Configurations configurations = Configurations.in(server.context());
        configurations.add(FILE_INSTALL, FrameworkSettings.deploy(home));
        server.startConfigured();
        line.port().ifPresent(port -> configurations.change(ECHO, Map.of("reactor.port", port)));
        return server.startServing();
    }

    private String readyLine(String served, boolean shell) {
        return "tonyReactor " + property("version") + " serves " + served + " (home " + home.root() + "); "
                + (shell ? "Ctrl-C or Ctrl-D" : "Ctrl-C") + " stops it";
    }

    private List<BundleFile> bundles() throws StartFailure {
        try {
            return installation.bundles();
        } catch (IOException e) {
            throw new StartFailure("the installation is damaged (" + StartFailure.causeOf(e) + "): install it again");
        }
    }

    /** Since Java 22 there may be a console without a terminal, which says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static void fail(Exception e, int exitStatus) {
        System.err.println("tonyReactor: " + PrintableLine.of(String.valueOf(e.getMessage())));
        System.exit(exitStatus);
    }

    private static String versions() {
        return "tonyReactor " + property("version") + ", Felix " + property("felix") + ", Java "
                + System.getProperty("java.version");
    }

    private static String property(String name) {
        Properties properties = new Properties();
        try (InputStream in = Launcher.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("version.properties cannot be read", e);
        }
        return properties.getProperty(name, "?");
    }
}
