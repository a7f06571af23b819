package org.tonyreactor.benchmarks.harness;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A program of the benchmarks: it is one command whose options picocli reads. */
public final class Tool {
    private Tool() {}

    /** Runs it: the status that it returns, 1 when it throws, 2 for wrong usage, which is told. */
    public static int run(Callable<Integer> command, String... args) {
        return commandLine(command)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof IllegalArgumentException) {
                        // Such as a name that nothing has: found only when it is looked for.
                        ParameterException wrong = new ParameterException(line, String.valueOf(e.getMessage()), e);
                        return line.getParameterExceptionHandler().handleParseException(wrong, args);
                    }
                    throw e;
                })
                .execute(args);
    }

    /** Only reads the options into their object. */
    public static <T> T options(T into, String... args) {
        commandLine(into).parseArgs(args);
        return into;
    }

    /** Refuses a value that is out of its bounds. */
    public static void check(Object command, String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new ParameterException(
                    commandLine(command),
                    String.format("%s: %s is not between %s and %s", option, text(value), text(least), text(most)));
        }
    }

    private static CommandLine commandLine(Object command) {
        return new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
