package org.tonyreactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tonyreactor.ArchitectureProduct.Source;

/**
 * Each rule sees what breaks it: it is given a small product, compiled here, with classes that break it and classes that
 * do not. They have the packages of the true product, so that the rules are the very same.
 */
class ArchitectureRulesTest {
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) (\\w+)");

    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    /** One for all tests: it keeps the class path open. */
    private static final StandardJavaFileManager COMPILER_FILES = COMPILER.getStandardFileManager(null, null, null);

    @TempDir
    Path folder;

    private final List<Path> files = new ArrayList<>();

    @AfterAll
    static void closeCompilerFiles() throws IOException {
        COMPILER_FILES.close();
    }

    // ---- the API

    @Test
    void seesAnApiThatDependsOnALibrary() throws IOException {
        given("transport", "class Logs { org.slf4j.Logger log; }");
        given("runtime.dto", "class Tracks { org.osgi.framework.Bundle bundle; }");
        given(
                "protocol",
                "class IsNullable { @org.jspecify.annotations.Nullable int[] buffer; java.net.Socket peer; }");
        given("reactor", "class Transfers extends org.osgi.dto.DTO { IsOurs next; } class IsOurs {}");
        given("standalone", "class IsNoApi { org.slf4j.Logger log; }");

        assertBroken(ArchitectureRules.apiDependsOnTheJdkAndAnnotationsOnly(), "transport.Logs", "runtime.dto.Tracks");
    }

    @Test
    void seesATransportThatKnowsAProtocol() throws IOException {
        given("transport", "class Calls { org.tonyreactor.protocol.Protocol protocol; }");
        given("transport.secure", "class CallsToo { org.tonyreactor.protocol.Protocol protocol; }");
        given("protocol", "class IsOne { org.tonyreactor.transport.Transport transport; }");

        assertBroken(
                ArchitectureRules.transportKnowsNothingOfProtocol(), "transport.Calls", "transport.secure.CallsToo");
    }

    @Test
    void seesATypeOfTheApiThatDoesNotSayWhoImplementsIt() throws IOException {
        given("protocol", "public abstract class Extended {} interface Implemented {}");
        given("transport", "@org.osgi.annotation.versioning.ProviderType interface Provided {}");
        given("reactor", "@org.osgi.annotation.versioning.ConsumerType abstract class Consumed {}");
        given("runtime", "final class Made { enum State { OPEN } interface Nested {} }");
        given("whiteboard", "@interface Declares {}");
        given("internal.engine.loop", "interface Inside {}");

        assertBroken(
                ArchitectureRules.apiSaysWhoImplementsATypeOfIt(),
                "protocol.Extended",
                "protocol.Implemented",
                "runtime.Made");
    }

    @Test
    void seesAProtocolAndAReactorThatKnowTheWhiteboard() throws IOException {
        given("whiteboard", "public class Constants { public static final int PORT = 7007; }");
        given("protocol", "class Offers { org.tonyreactor.whiteboard.Constants constants; }");
        given("reactor", "class Copies { int port = org.tonyreactor.whiteboard.Constants.PORT; }");
        given("runtime", "class MayKnow { org.tonyreactor.whiteboard.Constants constants; }");

        assertBroken(
                ArchitectureRules.protocolAndReactorKnowNothingOfTheWhiteboard(), "protocol.Offers", "reactor.Copies");
    }

    @Test
    void seesAnInternalTypeThatIsUsedOutside() throws IOException {
        given("internal.engine.loop", "public class Hidden {}");
        given("reactor", "class Exposes { org.tonyreactor.internal.engine.loop.Hidden hidden; }");
        given("extra", "class ExposesToo { org.tonyreactor.internal.engine.loop.Hidden hidden; }");
        given("standalone", "class Uses { org.tonyreactor.internal.engine.loop.Hidden hidden; }");
        given("internal.stepped", "class UsesToo { org.tonyreactor.internal.engine.loop.Hidden hidden; }");

        assertBroken(ArchitectureRules.internalTypesAreUsedInsideOnly(), "reactor.Exposes", "extra.ExposesToo");
    }

    // ---- the engine's packages

    @Test
    void seesAnEngineThatKnowsOsgiOrTheWhiteboard() throws IOException {
        given("internal.engine", "class Tracks { org.osgi.framework.Bundle bundle; }");
        given("internal.engine.wire.nio", "class TracksToo { org.osgi.framework.Bundle bundle; }");
        given(
                "internal.engine.binding",
                "class Reads { Class<?> of = org.tonyreactor.whiteboard.ReactorConstants.class; }");
        given("internal.whiteboard", "public class Serves { org.osgi.framework.Bundle bundle; }");
        given("internal.engine.accept", "class Asks { org.tonyreactor.internal.whiteboard.Serves whiteboard; }");

        assertBroken(
                ArchitectureRules.engineKnowsNothingOfOsgiNorOfTheWhiteboard(),
                "internal.engine.Tracks",
                "internal.engine.accept.Asks",
                "internal.engine.binding.Reads",
                "internal.engine.wire.nio.TracksToo");
    }

    @Test
    void seesAnEngineClassThatIsInNoRoom() throws IOException {
        given("internal.engine.misc", "class IsAnywhere {}");
        given("internal.engine.acceptance", "class IsNearly {}");
        given("internal.engine", "class IsOnTop {}");
        given("internal.engine.accept.policy", "class IsBelow {}");

        assertBroken(
                ArchitectureRules.everyEngineClassIsInARoom(),
                "internal.engine.misc.IsAnywhere",
                "internal.engine.acceptance.IsNearly");
    }

    @Test
    void seesEachArrowThatGoesUpAFloor() throws IOException {
        List<String> rooms = ArchitectureRules.ROOMS.stream()
                .map(room -> room.replace("..", "").replace(ArchitectureRules.ROOT + ".", ""))
                .toList();
        Set<String> up = new TreeSet<>();
        for (int floor = 0; floor < rooms.size(); floor++) {
            given(rooms.get(floor), "public class Room {}");
            for (int other = 0; other < rooms.size(); other++) {
                String field = "class To" + other + " { org.tonyreactor." + rooms.get(other) + ".Room room; }";
                given(rooms.get(floor), field);
                if (other < floor) {
                    up.add(rooms.get(floor) + ".To" + other);
                }
            }
        }

        assertEquals(21, up.size());
        assertBroken(ArchitectureRules.arrowsBetweenRoomsGoDown(), up.toArray(String[]::new));
    }

    @Test
    void seesAnArrowThatGoesUpFromOrIntoASubPackage() throws IOException {
        given("internal.engine.accept.policy", "public class Policy {}");
        given("internal.engine.loop", "public class Loop {}");
        given("internal.engine.wire.nio", "class Up { org.tonyreactor.internal.engine.loop.Loop loop; }");
        given("internal.engine.loop", "class UpInto { org.tonyreactor.internal.engine.accept.policy.Policy policy; }");
        given("internal.engine.accept.policy", "class Down { org.tonyreactor.internal.engine.loop.Loop loop; }");

        assertBroken(
                ArchitectureRules.arrowsBetweenRoomsGoDown(),
                "internal.engine.wire.nio.Up",
                "internal.engine.loop.UpInto");
    }

    @Test
    void seesAnArrowThatOnlyTheSourceOrOnlyTheClassShows() throws IOException {
        given("internal.engine.accept", "public class Top { public static final int SIZE = 1; public void go() {} }");
        given(
                "internal.engine.binding",
                "public class Middle { public static org.tonyreactor.internal.engine.accept.Top top; }");
        given("internal.engine.loop", "class Inlines { int size = org.tonyreactor.internal.engine.accept.Top.SIZE; }");
        given(
                "internal.engine.connection",
                "class Infers { void go() { org.tonyreactor.internal.engine.binding.Middle.top.go(); } }");

        assertBroken(
                ArchitectureRules.arrowsBetweenRoomsGoDown(),
                "internal.engine.binding.Middle",
                "internal.engine.loop.Inlines",
                "internal.engine.connection.Infers");
    }

    @Test
    void seesACycleOfTwoPackages() throws IOException {
        given("transport", "public class A { org.tonyreactor.protocol.B b; }");
        given("protocol", "public class B { org.tonyreactor.transport.A a; }");
        given("reactor", "class C { org.tonyreactor.transport.A a; }");

        assertBroken(ArchitectureRules.packagesHaveNoCycles(), "(*)..", "(**)");
    }

    @Test
    void seesACycleThatGoesThroughASubPackageOnly() throws IOException {
        given("internal.engine.loop", "public class Loop { org.tonyreactor.internal.engine.wire.Wire wire; }");
        given("internal.engine.wire", "public class Wire {}");
        given("internal.engine.wire.nio", "class NioWire { org.tonyreactor.internal.engine.loop.Loop loop; }");

        assertBroken(ArchitectureRules.packagesHaveNoCycles(), "internal.engine.(*)..");
    }

    @Test
    void seesACycleOfAPackageAndItsSubPackage() throws IOException {
        given("internal.engine.wire", "public class Wire { org.tonyreactor.internal.engine.wire.nio.NioWire nio; }");
        given("internal.engine.wire.nio", "public class NioWire { org.tonyreactor.internal.engine.wire.Wire wire; }");

        assertBroken(ArchitectureRules.packagesHaveNoCycles(), "(**)");
    }

    @Test
    void seesAnEngineThatKnowsChannelsAboveTheWire() throws IOException {
        given("internal.engine", "class Opens { java.nio.channels.SocketChannel channel; }");
        given("internal.engine.connection.files", "class Wants { int ops = java.nio.channels.SelectionKey.OP_READ; }");
        given("internal.engine.loop", "import java.nio.channels.*; class Polls { Selector selector; }");
        given("internal.engine.connection", "class Sends { java.nio.channels.FileChannel.MapMode mode; }");
        given("internal.engine.wire.nio", "class Reads { java.nio.channels.SocketChannel channel; }");

        assertBroken(
                ArchitectureRules.onlyWiresKnowChannels(),
                "internal.engine.Opens",
                "internal.engine.connection.files.Wants",
                "internal.engine.loop.Polls");
    }

    @Test
    void seesAPackageOfTheEngineThatIsNotDescribed() throws IOException {
        given("internal.engine.accept", "class HasNone {}");
        given("internal.engine.loop", "class SaysNoThread {}");
        givenInfo("internal.engine.loop", "/** <b>May not know</b> connections. */");
        given("internal.engine.wire", "class SaysItElsewhere {}");
        givenInfo("internal.engine.wire", "/** Wires. */ // <b>Thread.</b> <b>May not know</b>");
        given("internal.engine.wire.nio", "class IsDescribed {}");
        givenInfo("internal.engine.wire.nio", "/** <b>Thread.</b> The loop's. <b>May not know</b> the engine. */");

        assertBroken(
                ArchitectureRules.enginePackagesSayTheirThreadAndWhatTheyMayNotKnow(),
                "internal.engine.accept.HasNone",
                "internal.engine.loop.SaysNoThread",
                "internal.engine.loop.package-info",
                "internal.engine.wire.SaysItElsewhere",
                "internal.engine.wire.package-info");
    }

    // ---- threads and time

    @Test
    void seesThreadsAndExecutorsOutsideTheLoops() throws IOException {
        String starts = "{ Thread thread = new Thread(() -> {}); }";
        given("internal.engine.accept", "class Starts " + starts);
        given("internal.engine.loop", "class StartsToo " + starts);
        given("internal.engine.wire.nio", "class IsOne extends Thread {}");
        given("internal.whiteboard", "class Refers { java.util.function.Supplier<Thread> threads = Thread::new; }");
        given("standalone", "class Executes { java.util.concurrent.ExecutorService pool; }");
        given("internal.engine.binding", "class Forgets {{ java.util.concurrent.Executors.newCachedThreadPool(); }}");
        given("internal.engine.connection", "class Delays { java.util.Timer timer; }");
        String async = "{ Object done = java.util.concurrent.CompletableFuture.runAsync(() -> {}); }";
        given("internal.engine", "class RunsAside " + async);
        given("internal.whiteboard", "class MayRunAside " + async);
        given("internal.engine.loop", "class EventLoop " + starts);
        given("internal.engine.loop", "class Watchdog " + starts);
        given("internal.engine.log", "class LogThread " + starts);
        given("internal.engine.loop", "class OffLoop { java.util.concurrent.Executor pool; }");

        assertBroken(
                ArchitectureRules.onlyLoopsStartThreads(),
                "internal.engine.RunsAside",
                "internal.engine.accept.Starts",
                "internal.engine.binding.Forgets",
                "internal.engine.connection.Delays",
                "internal.engine.loop.StartsToo",
                "internal.engine.loop.Watchdog",
                "internal.engine.wire.nio.IsOne",
                "internal.whiteboard.Refers",
                "standalone.Executes");
    }

    @Test
    void seesLoggersOutsideTheLog() throws IOException {
        given("internal.engine.loop", "class Logs { org.slf4j.Logger log; }");
        given("internal.whiteboard", "class LogsToo { Object log = org.slf4j.LoggerFactory.getLogger(\"x\"); }");
        given("internal.engine.log", "class Log { org.slf4j.Logger log; }");

        assertBroken(
                ArchitectureRules.onlyTheLogKnowsSlf4j(), "internal.engine.loop.Logs", "internal.whiteboard.LogsToo");
    }

    @Test
    void seesSelectorsThatAreOpenedOutsideTheNioWires() throws IOException {
        String opens = "{ java.util.concurrent.Callable<Object> selectors = java.nio.channels.Selector::open; }";
        given("internal.engine.wire", "class Opens " + opens);
        given(
                "internal.engine.loop",
                "class OpensToo { Object open() throws Exception {"
                        + " return java.nio.channels.spi.SelectorProvider.provider().openSelector(); } }");
        given("internal.engine.wire.nio", "class NioMultiplexer " + opens);

        assertBroken(
                ArchitectureRules.onlyNioWiresOpenSelectors(),
                "internal.engine.wire.Opens",
                "internal.engine.loop.OpensToo");
    }

    @Test
    void seesTheTimeThatIsReadOutsideTheClock() throws IOException {
        given("internal.engine.wire.nio", "class Reads { long now = System.nanoTime(); }");
        given("internal.whiteboard", "class Refers { java.util.function.LongSupplier clock = System::nanoTime; }");
        given("internal.engine.loop", "interface Clock { Clock SYSTEM = System::nanoTime; long nanoTime(); }");

        assertBroken(
                ArchitectureRules.onlyTheClockReadsTheTime(),
                "internal.engine.wire.nio.Reads",
                "internal.whiteboard.Refers");
    }

    @Test
    void seesTheTimeOfDayThatIsRead() throws IOException {
        given("transport", "class Reads { long now = System.currentTimeMillis(); }");
        given("internal.engine.loop", "interface Clock { Clock SYSTEM = System::currentTimeMillis; long now(); }");

        assertBroken(ArchitectureRules.nobodyReadsTheTimeOfDay(), "transport.Reads", "internal.engine.loop.Clock");
    }

    @Test
    void seesMonitors() throws IOException {
        given("internal.engine.loop", "class Holds { synchronized void hold() {} }");
        given("internal.engine.wire.nio", "class HoldsToo { void hold() { synchronized (this) { hold(); } } }");
        given("internal.engine.accept", "class Hides { String s = \"/*\"; void hold() { synchronized(s) {} } }");
        given("internal.engine.binding", "class Speaks { String s = \"synchronized (\"; /* synchronized ( */ }");
        given("internal.whiteboard", "class MayHold { synchronized void hold() {} }");

        assertBroken(
                ArchitectureRules.engineHasNoMonitors(),
                "internal.engine.loop.Holds",
                "internal.engine.wire.nio.HoldsToo",
                "internal.engine.accept.Hides");
    }

    @Test
    void seesLocks() throws IOException {
        given(
                "internal.engine.wire.nio",
                "class Locks { Object lock = new java.util.concurrent.locks.StampedLock(); }");
        given("internal.engine", "class Waits { java.util.concurrent.locks.Condition condition; }");
        given("internal.engine.loop", "class Parks {{ java.util.concurrent.locks.LockSupport.parkNanos(1); }}");
        given("internal.whiteboard", "class MayLock { java.util.concurrent.locks.Lock lock; }");

        assertBroken(ArchitectureRules.engineTakesNoLocks(), "internal.engine.wire.nio.Locks", "internal.engine.Waits");
    }

    @Test
    void seesSleep() throws IOException {
        given("internal.engine.wire.nio", "class Sleeps { void nap() throws Exception { Thread.sleep(1, 1); } }");
        given(
                "internal.engine",
                "class SleepsToo { void nap() throws Exception {"
                        + " java.util.concurrent.TimeUnit.DAYS.sleep(1); } }");
        given("internal.engine.loop", "class Yields {{ Thread.yield(); }}");

        assertBroken(
                ArchitectureRules.engineDoesNotSleep(), "internal.engine.wire.nio.Sleeps", "internal.engine.SleepsToo");
    }

    @Test
    void seesThreadLocals() throws IOException {
        given("internal.engine.wire.nio", "class Remembers { ThreadLocal<String> buffer; }");
        given("internal.engine", "class Inherits { Object buffer = new InheritableThreadLocal<String>(); }");
        given("internal.engine.loop", "class Asks { Thread thread = Thread.currentThread(); }");

        assertBroken(
                ArchitectureRules.engineHasNoThreadLocals(),
                "internal.engine.wire.nio.Remembers",
                "internal.engine.Inherits");
    }

    @Test
    void seesMailThatNoProxySends() throws IOException {
        String sends = "{ void send(org.tonyreactor.internal.engine.loop.EventLoop loop) { loop.%s; } }";
        given("internal.engine.accept", "class Posts " + sends.formatted("post(() -> {})"));
        given("internal.engine.wire.nio", "class Offers " + sends.formatted("offer(() -> {})"));
        given("internal.engine", "class ProxyUser " + sends.formatted("wake()"));
        given(
                "standalone",
                "class Refers { java.util.function.Consumer<Runnable> to("
                        + "org.tonyreactor.internal.engine.loop.EventLoop loop) { return loop::post; } }");
        given("internal.engine.accept", "class AcceptorProxy " + sends.formatted("post(() -> {})"));
        given("internal.engine.loop", "class Inbox " + sends.formatted("post(() -> {})"));
        given("internal.engine.connection", "class Asks " + sends.formatted("nowNanos()"));

        assertBroken(
                ArchitectureRules.onlyProxiesSendMail(),
                "internal.engine.ProxyUser",
                "internal.engine.accept.Posts",
                "internal.engine.wire.nio.Offers",
                "standalone.Refers");
    }

    // ---- everywhere

    @Test
    void seesSerialization() throws IOException {
        given(
                "transport",
                "class Reads { Object of(java.io.ObjectInputStream in) throws Exception {"
                        + " return in.readObject(); } }");
        given("internal.engine.wire.nio", "class Writes { java.io.ObjectOutputStream out; }");
        given("internal.whiteboard", "record IsMarked(int port) implements java.io.Serializable {}");
        given("reactor", "enum MayBe { OPEN } class MayBeToo extends Exception {}");

        assertBroken(
                ArchitectureRules.nothingIsSerialized(),
                "transport.Reads",
                "internal.engine.wire.nio.Writes",
                "internal.whiteboard.IsMarked");
    }

    @Test
    void seesAClassThatDoesNotFitOnAFewScreens() throws IOException {
        int most = ArchitectureRules.MAX_LINES_OF_CODE;
        given("internal.engine.wire.nio", "class IsLong {\n" + ";\n".repeat(most - 2) + "}");
        given("protocol", "class Fits {\n\n// x\n/* x\n x */\n" + ";\n".repeat(most - 3) + "}");

        String part = "    public static final class Part {\n" + "        ;\n".repeat(most - 2) + "    }\n";
        given("reactor", "class HasParts {\n" + part + part.replace("Part", "Other") + "}");
        given("runtime", "class HasALongPart {\n" + part.replace("    }", "        ;\n    }") + "}");

        assertBroken(
                ArchitectureRules.classesFitOnAFewScreens(), "internal.engine.wire.nio.IsLong", "runtime.HasALongPart");
    }

    // ---- the small product

    /** Adds a type of a package below the root to the product. */
    private void given(String packageName, String type) throws IOException {
        Matcher name = TYPE.matcher(type);
        assertTrue(name.find(), type);
        write(packageName, name.group(1), "package org.tonyreactor." + packageName + ";\n" + type + "\n");
    }

    private void givenInfo(String packageName, String javadoc) throws IOException {
        write(packageName, "package-info", javadoc + "\npackage org.tonyreactor." + packageName + ";\n");
    }

    private void write(String packageName, String type, String text) throws IOException {
        Path file = sources().resolve("org/tonyreactor/" + packageName.replace('.', '/') + "/" + type + ".java");
        Files.createDirectories(file.getParent());
        files.add(Files.writeString(file, text));
    }

    private void assertBroken(ArchitectureRule rule, String... types) throws IOException {
        Set<String> expected = new TreeSet<>();
        Stream.of(types).map(type -> ArchitectureRules.ROOT + "." + type).forEach(expected::add);

        assertEquals(expected, rule.violations(compiled()).keySet());
    }

    private ArchitectureProduct compiled() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", CLASS_PATH);
        StringWriter complaints = new StringWriter();
        var task = COMPILER.getTask(
                complaints, COMPILER_FILES, null, options, null, COMPILER_FILES.getJavaFileObjectsFromPaths(files));
        assertTrue(task.call(), complaints::toString);
        return new ArchitectureProduct(new ClassFileImporter().importPath(classes), Source.below(sources()));
    }

    private Path sources() {
        return folder.resolve("sources");
    }
}
