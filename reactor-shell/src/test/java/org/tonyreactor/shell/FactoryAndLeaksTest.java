package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;

final class FactoryAndLeaksTest {
    private final FakeContext shell = new FakeContext();

    @Test
    void putsAFactoryInQuarantineAndLetsItOut() throws Exception {
        shell.admin.factories.add(21L);

        shell.lines(new FactoryChange(true, "21"));
        List<String> lines = shell.lines(new FactoryChange(false, "21"));

        assertEquals(List.of("quarantine 21", "release 21"), shell.admin.told);
        assertEquals(List.of("Factory of service 21: out of quarantine."), lines);
        assertTrue(shell.json(new FactoryChange(true, "21")).contains("\"quarantined\":true"));
    }

    @Test
    void passesOnThatThereIsNoSuchFactory() {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> shell.lines(new FactoryChange(true, "22")));

        assertEquals("there is no factory of service 22", failure.getMessage());
    }

    @Test
    void refusesAServiceIdThatIsNoNumber() {
        CommandFailure failure = assertThrows(CommandFailure.class, () -> shell.lines(new FactoryChange(true, "echo")));

        assertEquals("echo is no service id: write a number such as 12", failure.getMessage());
    }

    @Test
    void saysThatNothingLeaks() throws Exception {
        assertEquals(List.of("No old class loader is alive."), shell.lines(new ClassLoaderLeaks(false)));
        assertEquals("[]", shell.json(new ClassLoaderLeaks(false)));
    }

    @Test
    void tellsWhoHoldsAClassLoader() throws Exception {
        ClassLoaderLeakDTO leak = leak();
        leak.holders = new String[] {"a connection of 127.0.0.1:7007 that is closing"};

        assertEquals(
                List.of(
                        "BUNDLE  NAME              VERSION  GONE FOR",
                        "    14  org.example.chat  1.0.0       3m05s",
                        "  held by a connection of 127.0.0.1:7007 that is closing"),
                shell.lines(new ClassLoaderLeaks(false)));
        assertEquals(
                1,
                StrictJson.parse(shell.json(new ClassLoaderLeaks(false)))
                        .getAsJsonArray()
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("holders")
                        .size());
    }

    @Test
    void saysHowToFindOutWhenNobodyIsKnownToHoldIt() throws Exception {
        leak();

        assertTrue(shell.lines(new ClassLoaderLeaks(false)).get(2).contains("leaks --gc collects first"));
        assertTrue(shell.lines(new ClassLoaderLeaks(true)).get(2).contains("a heap dump tells"));
    }

    private ClassLoaderLeakDTO leak() {
        ClassLoaderLeakDTO leak = new ClassLoaderLeakDTO();
        leak.bundleId = 14;
        leak.symbolicName = "org.example.chat";
        leak.version = "1.0.0";
        leak.goneMillis = 185_000;
        shell.admin.leaks = new ClassLoaderLeakDTO[] {leak};
        return leak;
    }
}
