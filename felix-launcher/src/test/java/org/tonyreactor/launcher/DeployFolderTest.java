package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one look after another finds. */
final class DeployFolderTest {
    @TempDir
    Path temp;

    private Path deploy;
    private Path jar;
    private DeployFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        deploy = Files.createDirectory(temp.resolve("deploy"));
        jar = deploy.resolve("a.jar");
        folder = new DeployFolder(deploy);
    }

    @Test
    void tellsAFileOnceWhenTwoLooksHaveFoundItTheSame() throws Exception {
        Files.writeString(jar, "a");

        assertEquals(List.of(), folder.look().settled());
        assertEquals(List.of(jar), folder.look().settled());
        assertEquals(List.of(), folder.look().settled());
    }

    @Test
    void waitsForAFileThatGrows() throws Exception {
        Files.writeString(jar, "a");
        folder.look();

        Files.writeString(jar, "b", StandardOpenOption.APPEND);

        assertEquals(List.of(), folder.look().settled());
        assertEquals(List.of(jar), folder.look().settled());
    }

    @Test
    void tellsAFileThatWasTouched() throws Exception {
        settle("a");

        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

        assertEquals(List.of(), folder.look().settled());
        assertEquals(List.of(jar), folder.look().settled());
    }

    @Test
    void tellsAFileThatWasMovedOverAnotherOneOfTheSameSizeAndTime() throws Exception {
        settle("a");
        Path other = Files.writeString(temp.resolve("other.jar"), "b");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(jar));

        Files.move(other, jar, StandardCopyOption.ATOMIC_MOVE);

        folder.look();
        assertEquals(List.of(jar), folder.look().settled());
    }

    @Test
    void tellsOfSeveralFilesTheOneThatHasGone() throws Exception {
        for (String name : List.of("a.jar", "b.jar", "c.jar")) {
            Files.writeString(deploy.resolve(name), name);
        }
        folder.look();
        folder.look();

        Files.delete(deploy.resolve("b.jar"));

        assertEquals(List.of(), folder.look().gone());
        assertEquals(List.of(deploy.resolve("b.jar")), folder.look().gone());
        assertEquals(List.of(), folder.look().gone());
    }

    @Test
    void tellsOnceThatAFileRests() throws Exception {
        Files.writeString(jar, "a");
        for (int look = 1; look < DeployFolder.LOOKS_TO_REST; look++) {
            assertEquals(List.of(), folder.look().resting());
        }

        assertEquals(List.of(jar), folder.look().resting());
        assertEquals(List.of(), folder.look().resting());
    }

    @Test
    void tellsAFileAsGoneWhenTwoLooksHaveMissedIt() throws Exception {
        settle("a");
        Files.delete(jar);

        assertEquals(List.of(), folder.look().gone());
        assertEquals(List.of(jar), folder.look().gone());
        assertEquals(List.of(), folder.look().gone());
    }

    @Test
    void saysNothingOfAFileThatIsAwayForAMoment() throws Exception {
        settle("a");
        Path away = Files.move(jar, temp.resolve("away.jar"));
        folder.look();

        Files.move(away, jar);

        DeployFolder.Look look = folder.look();
        assertEquals(List.of(), look.gone());
    }

    @Test
    void tellsTheNewNameOfAFileNotLaterThanThatTheOldOneIsGone() throws Exception {
        settle("a");
        Path renamed = Files.move(jar, deploy.resolve("b.jar"));
        folder.look();

        DeployFolder.Look look = folder.look();

        assertEquals(List.of(renamed), look.settled());
        assertEquals(List.of(jar), look.gone());
    }

    @Test
    void findsWhatIsInAFolderThatWasMadeAnew() throws Exception {
        settle("a");
        Files.delete(jar);
        Files.delete(deploy);
        assertTrue(folder.look().trouble().orElse("").contains("there is no folder " + deploy));
        assertEquals(List.of(jar), folder.look().gone());

        Files.createDirectory(deploy);
        settle("b");
    }

    @Test
    void findsWhatIsInAFolderThatWasMovedAwayAndBack() throws Exception {
        settle("a");
        Path away = Files.move(deploy, temp.resolve("away"));
        folder.look();
        assertEquals(List.of(jar), folder.look().gone());

        Files.move(away, deploy);

        folder.look();
        assertEquals(List.of(jar), folder.look().settled());
    }

    @Test
    void followsALinkThatLeadsToAnotherFolder() throws Exception {
        Path first = Files.createDirectory(temp.resolve("first"));
        Path second = Files.createDirectory(temp.resolve("second"));
        Files.writeString(first.resolve("a.jar"), "a");
        Files.writeString(second.resolve("b.jar"), "b");
        Files.delete(deploy);
        Files.createSymbolicLink(deploy, first);
        folder.look();
        assertEquals(List.of(jar), folder.look().settled());

        Files.delete(deploy);
        Files.createSymbolicLink(deploy, second);

        folder.look();
        DeployFolder.Look look = folder.look();
        assertEquals(List.of(deploy.resolve("b.jar")), look.settled());
        assertEquals(List.of(jar), look.gone());
    }

    @Test
    void leavesOutWhatEditorsAndSystemsPutBesideFiles() throws Exception {
        for (String name : List.of(".a.jar", "._a.jar", "a.jar~", ".a.jar.swp", "a.jar.part", "a.txt")) {
            Files.writeString(deploy.resolve(name), "a");
        }
        Files.createSymbolicLink(deploy.resolve("dangling.jar"), temp.resolve("nothing"));
        Files.createDirectory(deploy.resolve("folder.jar"));

        folder.look();

        assertEquals(List.of(), folder.look().settled());
    }

    private void settle(String content) throws Exception {
        Files.writeString(jar, content);
        folder.look();
        assertEquals(List.of(jar), folder.look().settled());
    }
}
