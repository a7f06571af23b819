package org.tonyreactor.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds the distribution of another commit, in a folder of its own outside of the tree. The tree and its index are left as
 * they are.
 */
final class CommitBuild {
    private static final long ARCHIVE_SECONDS = 60;
    private static final long BUILD_SECONDS = 900;

    private final Layout layout;

    CommitBuild(Layout layout) {
        this.layout = layout;
    }

    /** The archive, as {@link Layout#distribution()} of that commit. */
    Path distribution(String commit, Path folder) throws IOException, InterruptedException {
        String script = "git -C \"$0\" archive \"$1\" | tar -x -C \"$2\" && cd \"$2\" && "
                + "mvn -B -ntp -q package -DskipTests -Dspotless.check.skip -Dcyclonedx.skip -pl felix-launcher -am";
        Path errors = folder.resolveSibling(folder.getFileName() + ".log");
        String hash = Child.run(
                        List.of("git", "-C", layout.root().toString(), "rev-parse", "--verify", commit + "^{commit}"),
                        errors,
                        ARCHIVE_SECONDS)
                .get(0);
        Child.run(
                List.of("sh", "-c", script, layout.root().toString(), hash, folder.toString()), errors, BUILD_SECONDS);
        Files.delete(errors);
        return new Layout(folder).distribution();
    }
}
