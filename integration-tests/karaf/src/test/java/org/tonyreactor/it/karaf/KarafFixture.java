package org.tonyreactor.it.karaf;

import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOptions;
import static org.ops4j.pax.exam.OptionUtils.combine;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.ProbeBuilder;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.container.remote.RBCRemoteTargetOptions;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** One Karaf for all tests of a class: how it is set up, and what tests ask of it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class KarafFixture {
    static final String API = "org.tonyreactor.api";
    static final String ENGINE = "org.tonyreactor.impl";
    static final String COMMANDS = "org.tonyreactor.shell.karaf";
    static final String ECHO = "org.tonyreactor.sample.echo";
    static final String SHOUT = "org.tonyreactor.it.karaf.shout";

    private static final List<String> IMPORTS = List.of(
            "javax.inject",
            "javax.security.auth",
            "org.apache.karaf.features",
            "org.apache.karaf.jaas.boot.principal",
            "org.apache.karaf.shell.api.console",
            "org.apache.karaf.shell.support",
            "org.hamcrest",
            "org.hamcrest.*",
            "org.junit",
            "org.junit.*",
            "org.ops4j.pax.exam",
            "org.ops4j.pax.exam.*",
            "org.osgi.framework",
            "org.osgi.framework.*");

    private static final int START_TIMEOUT_MILLIS = 120_000;
    private static final String FEATURES_CFG = "etc/org.apache.karaf.features.cfg";
    private static final String MAVEN_CFG = "etc/org.ops4j.pax.url.mvn.cfg";
    private static final String ECHO_CFG = "etc/org.tonyreactor.sample.echo.Echo.cfg";

    @Rule
    public final FailureReport failureReport = new FailureReport(this::server);

    @Inject
    protected BundleContext context;

    @Inject
    protected SessionFactory sessions;

    /** Nothing begins before Karaf has installed what it starts with. */
    @Inject
    protected BootFinished booted;

    private Shell shell;
    private Server server;

    @Before
    public final void openShell() {
        shell = new Shell(sessions);
        server = new Server(context);
    }

    /** The folders in which Karaf finds what it asks Maven for, besides its own. */
    abstract List<String> repositories();

    /** Pax Exam calls it outside of Karaf. */
    @Configuration
    public final Option[] karaf() {
        // Pax Exam passes its own standard input on to Karaf, and would wait for the end of it for ever.
        System.setIn(InputStream.nullInputStream());
        return combine(
                combine(carriedOver(), virtualMachine()),
                options(
                        karafDistributionConfiguration()
                                .frameworkUrl(new File(property("karaf.distribution"))
                                        .toURI()
                                        .toString())
                                .name("Karaf")
                                .unpackDirectory(new File("target/exam"))
                                .useDeployFolder(false),
                        configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                        logLevel(LogLevel.INFO),
                        systemTimeout(START_TIMEOUT_MILLIS),
                        RBCRemoteTargetOptions.waitForRBCFor(START_TIMEOUT_MILLIS),
                        // No ssh and no management: what is not there needs no port.
                        editConfigurationFilePut(
                                FEATURES_CFG,
                                "featuresBoot",
                                "log,framework,eventadmin,feature,shell,service,jaas,deployer,bundle,config,kar"),
                        editConfigurationFilePut(MAVEN_CFG, "org.ops4j.pax.url.mvn.defaultRepositories", folders()),
                        editConfigurationFilePut(MAVEN_CFG, "org.ops4j.pax.url.mvn.repositories", ""),
                        editConfigurationFilePut(
                                MAVEN_CFG,
                                "org.ops4j.pax.url.mvn.localRepository",
                                new File("target/no-repository").getAbsolutePath()),
                        editConfigurationFilePut(MAVEN_CFG, "org.ops4j.pax.url.mvn.useFallbackRepositories", "false"),
                        editConfigurationFilePut(ECHO_CFG, "reactor.port", "0"),
                        editConfigurationFilePut(ECHO_CFG, "reactor.hold.timeout.millis", "0")));
    }

    /**
     * Pax Exam calls it outside of Karaf. By itself the tests' bundle would be wired to every bundle a service comes from,
     * and be refreshed, in the midst of a test, with any of them.
     */
    @ProbeBuilder
    public final TestProbeBuilder probe(TestProbeBuilder builder) {
        return builder.setHeader(Constants.DYNAMICIMPORT_PACKAGE, String.join(",", IMPORTS));
    }

    /** Runs a command of the console and returns what it prints. */
    final String type(String command) {
        return shell.run(command);
    }

    /** Runs a command of the console that fails, and returns what a user sees of it. */
    final String mistype(String command) {
        return shell.fail(command);
    }

    final Server server() {
        return server;
    }

    /** The bundle with a symbolic name. */
    final Bundle bundle(String symbolicName) {
        return Stream.of(context.getBundles())
                .filter(each -> symbolicName.equals(each.getSymbolicName()))
                .findAny()
                .orElseThrow(() -> new AssertionError(symbolicName + " is not installed"));
    }

    final boolean isInstalled(String symbolicName) {
        return Stream.of(context.getBundles()).anyMatch(each -> symbolicName.equals(each.getSymbolicName()));
    }

    static Path karaf(String path) {
        return Path.of(property("karaf.base"), path);
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is not set: run mvn verify");
        }
        return value;
    }

    private String folders() {
        return Stream.concat(
                        Stream.of(
                                "${karaf.home.uri}${karaf.default.repository}@id=system@snapshots",
                                "${karaf.data.uri}kar@id=kar@multi@snapshots"),
                        repositories().stream()
                                .map(name -> new File(property(name)).toURI() + "@id=" + name + "@snapshots"))
                .collect(Collectors.joining(","));
    }

    private static Option[] carriedOver() {
        return Stream.of(
                        "reactor.features",
                        "reactor.kar",
                        "reactor.echo",
                        "reactor.repository",
                        "reactor.version",
                        "shout.bundle",
                        "shout.kar")
                .map(name -> systemProperty(name).value(property(name)))
                .toArray(Option[]::new);
    }

    /** What Karaf's own start script gives to the virtual machine, and assertions. */
    private static Option virtualMachine() {
        String specs = "lib/endorsed/org.apache.karaf.specs.";
        String jar = "-" + property("karaf.version") + ".jar";
        String classPath = String.join(File.pathSeparator, "lib/boot/*", "lib/endorsed/*", "lib/jdk9plus/*");
        return vmOptions(
                "-ea:org.tonyreactor...",
                "--add-reads=java.xml=java.logging",
                "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                "--patch-module=java.base=" + specs + "locator" + jar,
                "--patch-module=java.xml=" + specs + "java.xml" + jar,
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                "-classpath",
                classPath);
    }
}
