package org.tonyreactor.it.felix;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Rule;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** A Felix with the engine in it, one for each test class: extend it to test a protocol bundle where it will run. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class ReactorExam {
    /** Our bundles, as the build has copied them to {@code target/bundles}. */
    private static final List<String> BUNDLES = List.of("reactor-api", "reactor-impl");

    /** The folder of what they need in a Felix. The build copies it. */
    private static final Path PLATFORM = Path.of("target/platform");

    /** Waits for what the engine says, and prints it with every thread when a test fails. The innermost rule. */
    @Rule(order = Integer.MAX_VALUE)
    public final RuntimeWatch runtime = new RuntimeWatch();

    /** The bundle that Pax Exam has made of the test. */
    @Inject
    protected BundleContext context;

    /** What Pax Exam puts into the framework before the tests. */
    @Configuration
    public static Option[] configuration() throws IOException {
        return options(
                // Errors only.
                frameworkProperty("felix.log.level").value("0"),
                systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("ERROR"),
                frameworkProperty("org.ops4j.pax.logging.property.file")
                        .value("target/test-classes/logging.properties"),
                composite(Stream.concat(platform(), BUNDLES.stream().map(name -> "target/bundles/" + name + ".jar"))
                        .map(file -> bundle("reference:file:" + file))
                        .toArray(Option[]::new)),
                junitBundles());
    }

    /** In the order of their start levels: the log starts first and stops last. */
    private static Stream<String> platform() throws IOException {
        try (Stream<Path> files = Files.walk(PLATFORM)) {
            return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList().stream();
        }
    }
}
