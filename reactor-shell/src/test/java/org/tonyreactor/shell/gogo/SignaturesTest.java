package org.tonyreactor.shell.gogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.shell.Answer;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.FakeContext;
import org.tonyreactor.shell.Screen;
import org.tonyreactor.shell.StrictJson;
import org.tonyreactor.shell.Texts;

/** What holds for every command. */
final class SignaturesTest {
    private static final int ROUNDS = 100;
    private static final int PORT = 7007;

    static List<Signature> all() {
        return Signatures.all();
    }

    @Test
    void everyCommandHasItsOwnName() {
        List<String> names = all().stream().map(Signature::name).toList();

        assertEquals(List.copyOf(new java.util.LinkedHashSet<>(names)), names);
        assertTrue(names.stream().allMatch(name -> name.matches("[a-z]+(-[a-z]+)?")), names.toString());
    }

    @ParameterizedTest
    @MethodSource("all")
    void helpFitsTheScreenAndTellsEveryParameter(Signature signature) {
        List<String> help = signature.help();

        Screen.assertFits(help, signature.name());
        for (Parameter parameter : signature.parameters()) {
            assertTrue(help.stream().anyMatch(line -> line.startsWith("  " + parameter.label())), help.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void answersFitTheScreenWhateverIsInThem(Signature signature) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            FakeContext shell = anySite(random);

            Answer answer = signature.maker().make(typed(signature)).answer(shell);

            Screen.assertFits(answer.lines().get(), signature.name() + ", seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void jsonIsReadByOthersWhateverIsInIt(Signature signature) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String json = signature
                    .maker()
                    .make(typed(signature))
                    .answer(anySite(random))
                    .print(true);

            assertFalse(json.contains("\n"));
            assertFalse(StrictJson.parse(json).isJsonNull(), "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesAnOptionItDoesNotKnowInOneLine(Signature signature) {
        CommandFailure failure =
                assertThrows(CommandFailure.class, () -> Arguments.parse(signature, List.of("--nonsense")));

        assertEquals(
                signature.fullName() + ": there is no option --nonsense (" + signature.fullName()
                        + " --help tells the usage)",
                failure.toString());
        assertEquals(0, failure.getStackTrace().length);
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint-list, nonsense, 'nonsense is too much: it takes no argument'",
        "endpoint-show, '', write the endpoint",
        "endpoint-show, 7007 7008, 'only one endpoint is taken, not 7007 7008'",
        "connection-close, '', write the id",
        "connection-list, --limit, --limit needs a value",
        "connection-list, --json=yes, --json takes no value",
        "why, '', write the subject",
    })
    void refusesWrongArgumentsInOneLine(String name, String typed, String message) {
        Signature signature = all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        List<String> words = typed.isEmpty() ? List.of() : List.of(typed.split(" ", -1));

        CommandFailure failure = assertThrows(CommandFailure.class, () -> Arguments.parse(signature, words));

        assertEquals(
                signature.fullName() + ": " + message + " (" + signature.fullName() + " --help tells the usage)",
                failure.getMessage());
    }

    @Test
    void takesOptionsInBothForms() throws Exception {
        Signature list = all().stream()
                .filter(each -> each.name().equals("connection-list"))
                .findFirst()
                .orElseThrow();

        Arguments arguments = Arguments.parse(list, List.of("--limit", 5, "--sort=age", "--json"));

        assertEquals("5", arguments.option("--limit"));
        assertEquals("age", arguments.option("--sort"));
        assertTrue(arguments.has(Parameter.JSON));
    }

    @Test
    void takesWhatFollowsTwoDashesAsItIs() throws Exception {
        Signature show = all().stream()
                .filter(each -> each.name().equals("endpoint-show"))
                .findFirst()
                .orElseThrow();

        assertEquals("--json", Arguments.parse(show, List.of("--", "--json")).argument());
    }

    @Test
    void helpNeedsNoArgument() throws Exception {
        Signature show = all().stream()
                .filter(each -> each.name().equals("endpoint-show"))
                .findFirst()
                .orElseThrow();

        assertTrue(Arguments.parse(show, List.of("--help")).has(Parameter.HELP));
    }

    /** What each command is typed with when all goes well. */
    private static Arguments typed(Signature signature) throws CommandFailure {
        List<String> words = signature.argument().isEmpty()
                ? List.of()
                : List.of(
                        switch (signature.argument().get().name()) {
                            case "endpoint", "subject" -> String.valueOf(PORT);
                            case "id" -> "5";
                            case "service" -> "21";
                            default -> throw new AssertionError(signature.argument());
                        });
        return Arguments.parse(signature, words);
    }

    /** An engine with names, addresses, numbers and messages of every sort. */
    private static FakeContext anySite(Random random) throws IllegalAccessException {
        FakeContext shell = new FakeContext();
        String host = "x" + Texts.any(random, 5).replaceAll("[\\[\\]:]", "-");
        for (int i = 0; i < 3; i++) {
            EndpointDTO endpoint = scramble(random, new EndpointDTO());
            endpoint.address = host + ":" + PORT;
            endpoint.host = host;
            endpoint.port = PORT;
            endpoint.state = 1 + random.nextInt(6);
            shell.add(endpoint);
            FailedEndpointDTO failed = scramble(random, new FailedEndpointDTO());
            failed.host = host;
            failed.port = PORT;
            failed.reason = random.nextInt(9);
            shell.add(failed);
        }
        List<ConnectionDTO> connections = new ArrayList<>();
        List<ClassLoaderLeakDTO> leaks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            connections.add(scramble(random, new ConnectionDTO()));
            ClassLoaderLeakDTO leak = scramble(random, new ClassLoaderLeakDTO());
            leak.holders = new String[] {Texts.any(random, 20), Texts.any(random, 20)};
            leaks.add(leak);
        }
        connections.get(0).id = 5;
        shell.admin.connections = connections.toArray(ConnectionDTO[]::new);
        shell.admin.leaks = leaks.toArray(ClassLoaderLeakDTO[]::new);
        shell.admin.factories.add(21L);
        shell.bundle(1, Texts.any(random, 10) + "x", "1.0.0.q" + "q".repeat(random.nextInt(60)));
        return shell;
    }

    private static <D> D scramble(Random random, D dto) throws IllegalAccessException {
        for (Field field : dto.getClass().getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            if (field.getType() == String.class) {
                field.set(dto, Texts.any(random, 12));
            } else if (field.getType() == long.class) {
                field.setLong(dto, random.nextBoolean() ? random.nextInt(3) : random.nextLong() >>> 1);
            } else if (field.getType() == int.class) {
                field.setInt(dto, random.nextInt(100));
            } else if (field.getType() == boolean.class) {
                field.setBoolean(dto, random.nextBoolean());
            }
        }
        return dto;
    }
}
