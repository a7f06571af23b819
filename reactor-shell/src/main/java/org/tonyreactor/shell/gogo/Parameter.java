package org.tonyreactor.shell.gogo;

import java.util.Locale;
import org.tonyreactor.shell.Candidates;

/**
 * What a command may be told.
 *
 * @param name as it is typed, with dashes, for options; a word for arguments
 * @param kind how it is typed
 * @param description what it means
 * @param candidates what to propose for it
 */
record Parameter(String name, Kind kind, String description, Candidates candidates) {
    static final Parameter JSON = flag("--json", "Print JSON instead.");
    static final Parameter HELP = flag("--help", "Print this.");

    static Parameter flag(String name, String description) {
        return new Parameter(name, Kind.FLAG, description, Candidates.NONE);
    }

    static Parameter option(String name, String description, Candidates candidates) {
        return new Parameter(name, Kind.OPTION, description, candidates);
    }

    static Parameter argument(String name, String description, Candidates candidates) {
        return new Parameter(name, Kind.ARGUMENT, description, candidates);
    }

    static Parameter arguments(String name, String description, Candidates candidates) {
        return new Parameter(name, Kind.ARGUMENTS, description, candidates);
    }

    boolean isArgument() {
        return kind == Kind.ARGUMENT || kind == Kind.ARGUMENTS;
    }

    /** As it stands in the usage. */
    String usage() {
        return switch (kind) {
            case FLAG -> "[" + name + "]";
            case OPTION -> "[" + label() + "]";
            case ARGUMENT -> label();
            case ARGUMENTS -> label() + "...";
        };
    }

    /** As it stands before its description. */
    String label() {
        return switch (kind) {
            case FLAG -> name;
            case OPTION -> name + " " + name.replace("-", "").toUpperCase(Locale.ROOT);
            case ARGUMENT, ARGUMENTS -> name.toUpperCase(Locale.ROOT);
        };
    }

    /** How a parameter is typed. */
    enum Kind {
        /** A name with dashes that is there or not. */
        FLAG,
        /** A name with dashes, and a value after it. */
        OPTION,
        /** One value, required. */
        ARGUMENT,
        /** One value or more. */
        ARGUMENTS
    }
}
