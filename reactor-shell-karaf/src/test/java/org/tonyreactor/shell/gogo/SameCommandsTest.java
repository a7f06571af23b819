package org.tonyreactor.shell.gogo;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.jupiter.api.Test;
import org.tonyreactor.shell.Candidates;
import org.tonyreactor.shell.karaf.EndpointListAction;

/** Karaf has the commands that Gogo has, with the same words, and an access rule for each. */
final class SameCommandsTest {
    private static final Path ACL = Path.of("src/main/etc/org.apache.karaf.command.acl.reactor.cfg");
    private static final Set<String> CHANGING = Set.of(
            "endpoint-close",
            "endpoint-drain",
            "endpoint-hold",
            "endpoint-handover",
            "endpoint-suspend",
            "endpoint-resume",
            "connection-close",
            "factory-quarantine",
            "factory-release");

    /** Gogo's own help, which Karaf has already. */
    private static final String HELP = "help";

    private final Map<String, Class<?>> actions = actions();
    private final Map<String, Signature> signatures = Signatures.all().stream()
            .filter(each -> !each.name().equals(HELP))
            .collect(toMap(Signature::name, Function.identity()));

    @Test
    void karafHasTheCommandsOfGogo() {
        assertEquals(signatures.keySet(), actions.keySet());
    }

    @Test
    void theyHaveTheSameDescriptions() {
        actions.forEach((name, action) -> {
            assertEquals(
                    signature(name).description(),
                    action.getAnnotation(Command.class).description());
            assertEquals("reactor", action.getAnnotation(Command.class).scope());
        });
    }

    @Test
    void theyHaveTheSameParameters() {
        actions.forEach((name, action) -> {
            Map<String, String> gogo = signature(name).parameters().stream()
                    .filter(each -> !each.equals(Parameter.HELP))
                    .collect(toMap(Parameter::name, Parameter::description));

            assertEquals(gogo, parameters(action), name);
        });
    }

    @Test
    void whatGogoProposesKarafProposesToo() {
        actions.forEach((name, action) -> {
            Set<String> gogo = signature(name).parameters().stream()
                    .filter(each -> each.candidates() != Candidates.NONE)
                    .map(Parameter::name)
                    .collect(toSet());

            assertEquals(gogo, proposed(action), name);
        });
    }

    @Test
    void karafFindsEveryActionAndCompleter() {
        for (Class<?> action : actions.values()) {
            assertNotNull(action.getAnnotation(Service.class), action.getName());
            for (Field field : fields(action)) {
                Completion completion = field.getAnnotation(Completion.class);
                assertTrue(
                        completion == null || completion.value().isAnnotationPresent(Service.class), field.toString());
            }
        }
    }

    @Test
    void everyCommandHasItsRule() throws IOException {
        Set<String> rules = acl().stringPropertyNames().stream()
                .filter(each -> !each.contains("["))
                .collect(toSet());

        assertEquals(actions.keySet(), rules);
    }

    @Test
    void viewersOnlyLook() throws IOException {
        Properties acl = acl();
        for (String name : actions.keySet()) {
            Set<String> roles = Set.of(acl.getProperty(name).split(", *", -1));

            assertTrue(roles.containsAll(Set.of("manager", "admin")), name);
            assertEquals(!CHANGING.contains(name), roles.contains("viewer"), name);
        }
        assertFalse(acl.getProperty("leaks[/.*--gc.*/]").contains("viewer"));
    }

    private Signature signature(String name) {
        Signature signature = signatures.get(name);
        if (signature == null) {
            throw new AssertionError("Gogo has no " + name);
        }
        return signature;
    }

    private static Map<String, String> parameters(Class<?> action) {
        return fields(action).stream()
                .filter(each -> !name(each).isEmpty())
                .collect(toMap(SameCommandsTest::name, SameCommandsTest::description));
    }

    private static Set<String> proposed(Class<?> action) {
        return fields(action).stream()
                .filter(each -> each.isAnnotationPresent(Completion.class))
                .map(SameCommandsTest::name)
                .collect(toSet());
    }

    private static String name(Field field) {
        Option option = field.getAnnotation(Option.class);
        Argument argument = field.getAnnotation(Argument.class);
        return option != null ? option.name() : argument != null ? argument.name() : "";
    }

    private static String description(Field field) {
        Option option = field.getAnnotation(Option.class);
        return option != null
                ? option.description()
                : field.getAnnotation(Argument.class).description();
    }

    private static List<Field> fields(Class<?> action) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = action; type != null; type = type.getSuperclass()) {
            fields.addAll(List.of(type.getDeclaredFields()));
        }
        return fields;
    }

    private static Properties acl() throws IOException {
        Properties acl = new Properties();
        try (Reader reader = Files.newBufferedReader(ACL)) {
            acl.load(reader);
        }
        return acl;
    }

    private static Map<String, Class<?>> actions() {
        try (Stream<Path> files = Files.list(classes().resolve("org/tonyreactor/shell/karaf"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Action.class"))
                    .map(name -> load(name.replace(".class", "")))
                    .filter(type -> type.isAnnotationPresent(Command.class) && Action.class.isAssignableFrom(type))
                    .collect(toMap(type -> type.getAnnotation(Command.class).name(), Function.identity()));
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Path classes() throws URISyntaxException {
        return Path.of(EndpointListAction.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("org.tonyreactor.shell.karaf." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
