package org.tonyreactor.shell.gogo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.tonyreactor.runtime.dto.ConnectionDTO;
import org.tonyreactor.shell.Answer;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.FakeContext;
import org.tonyreactor.shell.Screen;
import org.tonyreactor.shell.StrictJson;

/**
 * Whatever is typed behind a command, and whatever an endpoint is named: the first line of the input is that name, the
 * second one the command, each further one a word behind it.
 */
class CommandsFuzzTest {
    private static final int NAME = 0;
    private static final int COMMAND = 1;

    @FuzzTest(maxDuration = "1m")
    void answersOrFailsInOneLine(byte[] input) {
        List<String> lines = List.of(new String(input, StandardCharsets.UTF_8).split("\n", -1));
        Optional<Signature> signature = lines.size() <= COMMAND
                ? Optional.empty()
                : Signatures.all().stream()
                        .filter(each -> each.name().equals(lines.get(COMMAND)))
                        .findFirst();
        if (signature.isEmpty()) {
            return;
        }
        try {
            Arguments arguments = Arguments.parse(signature.get(), lines.subList(COMMAND + 1, lines.size()));
            if (arguments.has(Parameter.HELP)) {
                Screen.assertFits(signature.get().help(), lines.get(COMMAND));
                return;
            }
            Answer answer = signature.get().maker().make(arguments).answer(server(lines.get(NAME)));
            assertTrue(answer.print(false).lines().allMatch(CommandsFuzzTest::isPrintable));
            assertTrue(isPrintable(answer.print(true)));
            StrictJson.parse(answer.print(true));
        } catch (CommandFailure failure) {
            assertFalse(String.valueOf(failure.getMessage()).isBlank());
            assertTrue(isPrintable(failure.toString()), failure::toString);
        }
    }

    private static boolean isPrintable(String line) {
        return line.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }

    private static FakeContext server(String name) {
        FakeContext server = new FakeContext();
        server.endpoint(name, 7007).bundleId = 11;
        server.endpoint("echo", 7008).serviceId = 12;
        server.bundle(11, name, "1.0.0");
        server.admin.factories.add(12L);
        ConnectionDTO connection = new ConnectionDTO();
        connection.id = 5;
        connection.endpoint = name;
        connection.remote = name;
        server.admin.connections = new ConnectionDTO[] {connection};
        return server;
    }
}
