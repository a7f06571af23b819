package org.tonyreactor.shell;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a command has to say, for people and for programs. Only the one that is asked for is made.
 *
 * @param lines for people, each at most {@link Table#WIDTH} columns wide
 * @param value for programs: maps, lists, strings, numbers and booleans; see {@link Json}
 */
public record Answer(Supplier<List<String>> lines, Supplier<Object> value) {
    /** Both ways, as one text to print. */
    public String print(boolean json) {
        return json ? Json.write(value.get()) : String.join(System.lineSeparator(), lines.get());
    }
}
