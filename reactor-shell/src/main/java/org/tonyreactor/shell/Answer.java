package org.tonyreactor.shell;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a command has to say, for people and for programs. Only the one that is asked for is made.
 *
 * @param lines for people, each at most {@link Table#WIDTH} columns wide
 * @param value for programs: maps, lists, strings, numbers and booleans; see {@link Json}
 */
public record Answer(Supplier<List<String>> lines, Supplier<Object> value) {
    /** Both ways, as one text to print. What other parts have brought into it is {@link Escaped}, whichever way it came. */
    public String print(boolean json) {
        return json
                ? Json.write(value.get())
                : lines.get().stream().map(Escaped::of).collect(Collectors.joining(System.lineSeparator()));
    }
}
