package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tonyreactor.benchmarks.harness.ChildProcess;

/**
 * This project as a user runs it: the archive is unpacked, port and workers are set in its configuration files, and its own
 * script starts it. So Felix, Declarative Services and all bundles take part, and the options of the JVM are those it is
 * shipped with.
 */
record Distribution(String name, Path archive, Optional<Jdk> jdk) implements Candidate {
    private static final Pattern READY = Pattern.compile("tonyReactor \\S+ serves .*echo on 127\\.0\\.0\\.1:(\\d+).*");
    private static final String KEEP_CLASSES = "--class-archive";
    private static final long BOUND_SECONDS = 60;
    private static final long BUILD_SECONDS = 900;

    /** Where its start is measured, the server has kept its classes before, as its manual tells: it is the second start. */
    @Override
    public Server start(Work work, Path folder) throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("server"));
        List<String> unpack = List.of("tar", "xzf", archive.toString(), "-C", home.toString(), "--strip-components=1");
        ChildProcess.run(unpack, Map.of(), folder.resolve("tar.log"), BOUND_SECONDS);
        Files.writeString(home.resolve("conf/org.tonyreactor.cfg"), "workers = 1\n");
        Files.writeString(home.resolve("conf/org.tonyreactor.sample.echo.Echo.config"), "reactor.port = [\"0\"]\n");

        Path script = home.resolve("bin/reactor");
        Map<String, String> environment =
                Map.of("JAVA_HOME", jdk.orElseThrow().home().toString(), "JAVA_OPTS", "");
        // An older commit's server cannot keep its classes.
        if (work.kind() == Work.Kind.START && Files.readString(script).contains(KEEP_CLASSES)) {
            List<String> keep = List.of(script.toString(), KEEP_CLASSES);
            ChildProcess.run(keep, environment, folder.resolve("archive.log"), BOUND_SECONDS);
        }
        return Server.start(work, List.of(script.toString(), "--no-shell"), environment, folder, READY);
    }

    /** The archive of another commit, built outside of the tree. The tree and its index are left as they are. */
    static Path build(Layout layout, String commit, Path folder) throws IOException, InterruptedException {
        String script = "git -C \"$0\" archive \"$1\" | tar -x -C \"$2\" && cd \"$2\" && "
                + "mvn -B -ntp -q package -DskipTests -Dspotless.check.skip -Dcyclonedx.skip -pl felix-launcher -am";
        String root = layout.root().toString();
        Path errors = folder.resolveSibling(folder.getFileName() + ".log");
        List<String> resolve = List.of("git", "-C", root, "rev-parse", "--verify", commit + "^{commit}");
        String hash = ChildProcess.run(resolve, Map.of(), errors, BOUND_SECONDS).get(0);
        List<String> build = List.of("sh", "-c", script, root, hash, folder.toString());
        ChildProcess.run(build, Map.of(), errors, BUILD_SECONDS);
        return new Layout(folder).distribution();
    }
}
