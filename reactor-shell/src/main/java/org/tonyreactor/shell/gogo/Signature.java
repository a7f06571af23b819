package org.tonyreactor.shell.gogo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.ShellCommand;
import org.tonyreactor.shell.Table;
import org.tonyreactor.shell.TextWidth;

/**
 * A command as Gogo is told of it.
 *
 * @param name without the scope
 * @param description one or two sentences
 * @param own its parameters but those that every command has
 * @param maker makes the command from what was typed
 */
record Signature(String name, String description, List<Parameter> own, Maker maker) {
    static final String SCOPE = "reactor";

    private static final int LABEL = 24;

    String fullName() {
        return SCOPE + ":" + name;
    }

    List<Parameter> parameters() {
        return Stream.concat(own.stream(), Stream.of(Parameter.JSON, Parameter.HELP))
                .toList();
    }

    /** The flag or option with a name, dashes included. */
    Optional<Parameter> option(String typed) {
        return parameters().stream()
                .filter(each -> !each.isArgument() && each.name().equals(typed))
                .findFirst();
    }

    /** The argument, of which a command has one at most. */
    Optional<Parameter> argument() {
        return own.stream().filter(Parameter::isArgument).findFirst();
    }

    /** The help text. */
    List<String> help() {
        List<String> lines = new ArrayList<>();
        String usage = parameters().stream().map(Parameter::usage).collect(Collectors.joining(" "));
        lines.addAll(TextWidth.fold(fullName() + " " + usage, Table.WIDTH));
        lines.addAll(TextWidth.fold(description, Table.WIDTH));
        for (Parameter parameter : parameters()) {
            lines.addAll(entry("  " + parameter.label(), parameter.description()));
        }
        return lines;
    }

    /** A label and its description, folded beside it. */
    static List<String> entry(String label, String description) {
        List<String> lines = new ArrayList<>();
        String left = label;
        for (String line : TextWidth.fold(description, Table.WIDTH - LABEL - 1)) {
            lines.add(left + " ".repeat(Math.max(1, LABEL + 1 - left.length())) + line);
            left = "";
        }
        return lines;
    }

    /** Makes a command. */
    @FunctionalInterface
    interface Maker {
        ShellCommand make(Arguments arguments) throws CommandFailure;
    }
}
