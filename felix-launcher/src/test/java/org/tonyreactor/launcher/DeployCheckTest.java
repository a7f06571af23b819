package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeployCheckTest {
    @TempDir
    Path deploy;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void tellsABrokenJarOnceWhenItHasComeToRest() throws Exception {
        DeployCheck check = new DeployCheck(deploy, warnings::add);
        Files.writeString(deploy.resolve("broken.jar"), "no jar");

        check.look();
        assertEquals(0, warnings.size());

        check.look();
        check.look();
        assertEquals(1, warnings.size());
    }

    @Test
    void tellsItAgainWhenItWasReplacedByAnotherBrokenOne() throws Exception {
        DeployCheck check = new DeployCheck(deploy, warnings::add);
        Path jar = Files.writeString(deploy.resolve("broken.jar"), "no jar");
        check.look();
        check.look();

        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        check.look();
        check.look();

        assertEquals(2, warnings.size());
    }

    @Test
    void isSilentAboutABundle() throws Exception {
        DeployCheck check = new DeployCheck(deploy, warnings::add);
        TestBundle.build(deploy.resolve("shout.jar"));

        check.look();
        check.look();

        assertEquals(List.of(), warnings);
    }
}
