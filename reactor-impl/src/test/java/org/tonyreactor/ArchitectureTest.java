package org.tonyreactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tonyreactor.ArchitectureProduct.Source;
import org.tonyreactor.internal.engine.loop.EventLoop;

/** The invariants of ARCHITECTURE.md hold. {@link ArchitectureRulesTest} shows that each rule sees what breaks it. */
class ArchitectureTest {
    /**
     * Classes that still break a rule. None may join them, and one that no longer breaks its rule must leave, or else the
     * test of the rule fails.
     */
    private static final List<String> KNOW_CHANNELS_ABOVE_THE_WIRE = List.of();

    private static final List<String> SEND_MAIL_WITHOUT_A_PROXY = List.of();

    private static final ArchitectureProduct PRODUCT = ArchitectureProduct.ofThisBuild();

    @Test
    void seesEachClassOfTheProductWithItsSource() {
        Set<String> fromClasses = PRODUCT.classes().stream()
                .map(JavaClass::getName)
                .map(ArchitectureRule::topLevel)
                .filter(Predicate.not(ArchitectureTest::isPackageInfo))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> fromSources = PRODUCT.sources().stream()
                .map(Source::name)
                .filter(Predicate.not(ArchitectureTest::isPackageInfo))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(fromSources, fromClasses);
    }

    @Test
    void seesEachPackageThatARuleNames() {
        Stream<String> others = Stream.of(
                        "protocol",
                        "transport",
                        "reactor",
                        "whiteboard",
                        "standalone",
                        "internal.whiteboard",
                        "internal.engine.wire.nio")
                .map(name -> ArchitectureRules.ROOT + "." + name);

        List<String> unseen = Stream.concat(ArchitectureRules.ROOMS.stream(), others)
                .filter(name -> PRODUCT.classes().stream()
                        .filter(type -> !isPackageInfo(type.getName()))
                        .noneMatch(type -> ArchitectureRule.in(name).test(type.getName())))
                .toList();

        assertEquals(List.of(), unseen);
    }

    @Test
    void apiDependsOnTheJdkAndAnnotationsOnly() {
        holds(ArchitectureRules.apiDependsOnTheJdkAndAnnotationsOnly());
    }

    @Test
    void apiSaysWhoImplementsATypeOfIt() {
        holds(ArchitectureRules.apiSaysWhoImplementsATypeOfIt());
    }

    @Test
    void transportKnowsNothingOfProtocol() {
        holds(ArchitectureRules.transportKnowsNothingOfProtocol());
    }

    @Test
    void protocolAndReactorKnowNothingOfTheWhiteboard() {
        holds(ArchitectureRules.protocolAndReactorKnowNothingOfTheWhiteboard());
    }

    @Test
    void internalTypesAreUsedInsideOnly() {
        holds(ArchitectureRules.internalTypesAreUsedInsideOnly());
    }

    @Test
    void engineKnowsNothingOfOsgiNorOfTheWhiteboard() {
        holds(ArchitectureRules.engineKnowsNothingOfOsgiNorOfTheWhiteboard());
    }

    @Test
    void everyEngineClassIsInARoom() {
        holds(ArchitectureRules.everyEngineClassIsInARoom());
    }

    @Test
    void arrowsBetweenRoomsGoDown() {
        holds(ArchitectureRules.arrowsBetweenRoomsGoDown());
    }

    @Test
    void packagesHaveNoCycles() {
        holds(ArchitectureRules.packagesHaveNoCycles());
    }

    @Test
    void onlyWiresKnowChannels() {
        isBrokenBy(KNOW_CHANNELS_ABOVE_THE_WIRE, ArchitectureRules.onlyWiresKnowChannels());
    }

    @Test
    void onlyTheLogKnowsSlf4j() {
        holds(ArchitectureRules.onlyTheLogKnowsSlf4j());
    }

    @Test
    void onlyNioWiresOpenSelectors() {
        holds(ArchitectureRules.onlyNioWiresOpenSelectors());
    }

    @Test
    void onlyLoopsStartThreads() {
        holds(ArchitectureRules.onlyLoopsStartThreads());
    }

    @Test
    void onlyTheClockReadsTheTime() {
        holds(ArchitectureRules.onlyTheClockReadsTheTime());
    }

    @Test
    void nobodyReadsTheTimeOfDay() {
        holds(ArchitectureRules.nobodyReadsTheTimeOfDay());
    }

    @Test
    void engineHasNoMonitors() {
        holds(ArchitectureRules.engineHasNoMonitors());
    }

    @Test
    void engineTakesNoLocks() {
        holds(ArchitectureRules.engineTakesNoLocks());
    }

    @Test
    void engineDoesNotSleep() {
        holds(ArchitectureRules.engineDoesNotSleep());
    }

    @Test
    void engineHasNoThreadLocals() {
        holds(ArchitectureRules.engineHasNoThreadLocals());
    }

    @Test
    void nothingIsSerialized() {
        holds(ArchitectureRules.nothingIsSerialized());
    }

    @Test
    void onlyProxiesSendMail() {
        isBrokenBy(SEND_MAIL_WITHOUT_A_PROXY, ArchitectureRules.onlyProxiesSendMail());
    }

    @Test
    void classesFitOnAFewScreens() {
        holds(ArchitectureRules.classesFitOnAFewScreens());
    }

    @Test
    void enginePackagesSayTheirThreadAndWhatTheyMayNotKnow() {
        holds(ArchitectureRules.enginePackagesSayTheirThreadAndWhatTheyMayNotKnow());
    }

    /** Who wants to see what is package-private, a benchmark, say, has a folder in this module. */
    @Test
    void noOtherModuleHasClassesInTheEnginesPackages() throws IOException {
        assertEquals(Set.of("reactor-impl"), modulesWith(Path.of(".."), "src/[^/]+/java/org/tonyreactor/internal"));
        assertEquals(Set.of("reactor-api"), modulesWith(Path.of(".."), "src/main/java/org/tonyreactor/protocol"));
    }

    /** The modules that have a folder in their sources. */
    private static Set<String> modulesWith(Path root, String folder) throws IOException {
        Pattern source = Pattern.compile("(?<module>[^/]+(/[^/]+)?)/" + folder);
        Set<String> modules = new TreeSet<>();
        try (Stream<Path> files = Files.find(root, 9, (path, file) -> file.isDirectory())) {
            files.map(path -> source.matcher(root.relativize(path).toString()))
                    .filter(Matcher::matches)
                    .forEach(found -> modules.add(found.group("module")));
        }
        return modules;
    }

    /** A bundle is loaded by a loader of its own, to which the test runner's setting does not reach. */
    @Test
    void assertionsAreOnInEveryClassLoader() throws Exception {
        URL[] engine = {EventLoop.class.getProtectionDomain().getCodeSource().getLocation()};

        try (URLClassLoader bundle = new URLClassLoader(engine, ClassLoader.getPlatformClassLoader())) {
            assertTrue(bundle.loadClass(EventLoop.class.getName()).desiredAssertionStatus());
        }
    }

    private static void holds(ArchitectureRule rule) {
        isBrokenBy(List.of(), rule);
    }

    private static void isBrokenBy(List<String> known, ArchitectureRule rule) {
        NavigableMap<String, List<String>> violations = rule.violations(PRODUCT);

        assertEquals(new TreeSet<>(known), violations.keySet(), violations::toString);
    }

    private static boolean isPackageInfo(String name) {
        return name.endsWith(".package-info");
    }
}
