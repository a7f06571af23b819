package org.tonyreactor.it.felix;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

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
    /** The bundles, as the build has copied them to {@code target/bundles}. */
    private static final String[] BUNDLES = {
        "pax-logging-api",
        "pax-logging-log4j2",
        "org.apache.felix.configadmin",
        "org.apache.felix.metatype",
        "org.osgi.util.function",
        "org.osgi.util.promise",
        "org.osgi.service.component",
        "org.apache.felix.scr",
        "jspecify",
        "reactor-api",
        "reactor-impl",
    };

    /** Waits for what the engine says, and prints it with every thread when a test fails. The innermost rule. */
    @Rule(order = Integer.MAX_VALUE)
    public final RuntimeWatch runtime = new RuntimeWatch();

    /** The bundle that Pax Exam has made of the test. */
    @Inject
    protected BundleContext context;

    /** What Pax Exam puts into the framework before the tests. */
    @Configuration
    public static Option[] configuration() {
        return options(
                // Errors only.
                frameworkProperty("felix.log.level").value("0"),
                systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("ERROR"),
                frameworkProperty("org.ops4j.pax.logging.property.file")
                        .value("target/test-classes/logging.properties"),
                composite(Stream.of(BUNDLES)
                        .map(name -> bundle("reference:file:target/bundles/" + name + ".jar"))
                        .toArray(Option[]::new)),
                junitBundles());
    }
}
