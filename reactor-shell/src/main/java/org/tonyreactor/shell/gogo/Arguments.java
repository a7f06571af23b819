package org.tonyreactor.shell.gogo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.shell.CommandFailure;

/** What was typed after a command, checked against its signature. */
final class Arguments {
    private final Signature signature;
    private final Map<String, String> options = new HashMap<>();
    private final List<String> rest = new ArrayList<>();

    private Arguments(Signature signature) {
        this.signature = signature;
    }

    /** Reads {@code --flag}, {@code --option value}, {@code --option=value} and values; after {@code --} values only. */
    static Arguments parse(Signature signature, List<?> typed) throws CommandFailure {
        Arguments arguments = new Arguments(signature);
        Iterator<String> words = typed.stream().map(String::valueOf).iterator();
        boolean optionsEnded = false;
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("--") && !optionsEnded) {
                optionsEnded = true;
            } else if (word.startsWith("-") && !optionsEnded) {
                arguments.takeOption(word, words);
            } else {
                arguments.rest.add(word);
            }
        }
        if (!arguments.has(Parameter.HELP)) {
            arguments.checkCount();
        }
        return arguments;
    }

    boolean has(Parameter flag) {
        return has(flag.name());
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    /** The value of an option, null when it was not typed. */
    @Nullable
    String option(String name) {
        return options.get(name);
    }

    /** The only argument. */
    String argument() {
        return rest.get(0);
    }

    List<String> arguments() {
        return List.copyOf(rest);
    }

    private void takeOption(String word, Iterator<String> words) throws CommandFailure {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Parameter parameter = signature.option(name).orElseThrow(() -> wrong("there is no option " + name));
        if (parameter.kind() == Parameter.Kind.FLAG) {
            if (equals >= 0) {
                throw wrong(name + " takes no value");
            }
            options.put(name, "");
        } else if (equals >= 0) {
            options.put(name, word.substring(equals + 1));
        } else if (words.hasNext()) {
            options.put(name, words.next());
        } else {
            throw wrong(name + " needs a value");
        }
    }

    private void checkCount() throws CommandFailure {
        Optional<Parameter> expected = signature.argument();
        if (expected.isEmpty() && !rest.isEmpty()) {
            throw wrong(rest.get(0) + " is too much: it takes no argument");
        }
        if (expected.isPresent() && rest.isEmpty()) {
            throw wrong("write the " + expected.get().name());
        }
        if (expected.isPresent() && expected.get().kind() == Parameter.Kind.ARGUMENT && rest.size() > 1) {
            throw wrong("only one " + expected.get().name() + " is taken, not " + String.join(" ", rest));
        }
    }

    private CommandFailure wrong(String what) {
        return new CommandFailure(
                signature.fullName() + ": " + what + " (" + signature.fullName() + " --help tells the usage)");
    }
}
