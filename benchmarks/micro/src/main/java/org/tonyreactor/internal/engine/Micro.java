package org.tonyreactor.internal.engine;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The command: {@code [REGEX] [options of JMH]} measures, allocation included, and leaves {@code micro.json} beside the
 * jar; {@code --report ROOT} makes the report of that file under the docs folder of a source tree.
 */
public final class Micro {
    private Micro() {}

    public static void main(String[] args)
            throws CommandLineOptionException, IOException, RunnerException, URISyntaxException {
        Path results = folderOfJar().resolve("micro.json");
        if (args.length == 2 && args[0].equals("--report")) {
            MicroReport.write(results, Path.of(args[1]));
        } else {
            measure(new CommandLineOptions(args), results);
        }
    }

    private static void measure(CommandLineOptions asked, Path results) throws IOException, RunnerException {
        if (asked.shouldHelp()) {
            asked.showHelp();
            return;
        }
        ChainedOptionsBuilder options =
                new OptionsBuilder().parent(asked).addProfiler(GCProfiler.class).shouldFailOnError(true);
        if (!asked.getResult().hasValue()) {
            options.resultFormat(ResultFormatType.JSON).result(results.toString());
        }
        Runner runner = new Runner(options.build());
        if (asked.shouldList()) {
            runner.list();
        } else if (asked.shouldListWithParams()) {
            runner.listWithParams(asked);
        } else {
            runner.run();
        }
    }

    private static Path folderOfJar() throws URISyntaxException {
        Path jar = Path.of(
                Micro.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return jar.toAbsolutePath().resolveSibling("");
    }
}
