package org.tonyreactor;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.function.Predicate.not;
import static org.tonyreactor.ArchitectureRule.in;
import static org.tonyreactor.ArchitectureRule.named;
import static org.tonyreactor.ArchitectureRule.noCall;
import static org.tonyreactor.ArchitectureRule.noClass;
import static org.tonyreactor.ArchitectureRule.noDependency;
import static org.tonyreactor.ArchitectureRule.noSource;
import static org.tonyreactor.ArchitectureRule.noUse;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.FailureReport;
import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The rules behind the invariants of ARCHITECTURE.md. Each holds for its packages and all that are below them. */
final class ArchitectureRules {
    static final String ROOT = "org.tonyreactor";
    /** The rooms of the engine. Arrows go down this list and may skip a floor. */
    static final List<String> ROOMS = Stream.of(
                    "", ".accept..", ".connection..", ".binding..", ".loop..", ".wire..", ".log..")
            .map(room -> ROOT + ".internal.engine" + room)
            .toList();

    static final int MAX_LINES_OF_CODE = 300;

    private static final Predicate<String> EVERYWHERE = in(ROOT + "..");
    private static final Predicate<String> ENGINE = in(ROOT + ".internal.engine..");
    private static final Predicate<String> WIRES = in(ROOT + ".internal.engine.wire..");
    private static final Predicate<String> LOOPS = in(ROOT + ".internal.engine.loop..");
    private static final Predicate<String> INSIDE = in(ROOT + ".internal..", ROOT + ".standalone..");
    private static final Predicate<String> API = EVERYWHERE.and(not(INSIDE));
    private static final Predicate<String> JDK = in("java..", "javax.net..");
    private static final Predicate<String> API_LIBRARIES = in(
            "org.osgi.annotation..",
            "org.osgi.service.component.annotations..",
            "org.osgi.dto..",
            "org.jspecify.annotations..");

    private static final Pattern MONITOR = Pattern.compile("\\bsynchronized\\b");

    private ArchitectureRules() {}

    static ArchitectureRule apiDependsOnTheJdkAndAnnotationsOnly() {
        return noDependency(API, not(JDK.or(API_LIBRARIES).or(API)));
    }

    /** What is not marked counts as a consumer type, whose every new method is a major change. */
    static ArchitectureRule apiSaysWhoImplementsATypeOfIt() {
        return noClass(
                API,
                type -> Stream.of(type)
                        .filter(each -> each.isInterface() || isAbstractClass(each))
                        .filter(each ->
                                !each.isAnnotation() && !each.getSimpleName().equals("package-info"))
                        .filter(each ->
                                !each.isAnnotatedWith(ConsumerType.class) && !each.isAnnotatedWith(ProviderType.class))
                        .map(each -> each.getSimpleName() + " is neither @ConsumerType nor @ProviderType"));
    }

    private static boolean isAbstractClass(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.ABSTRACT) && !type.isEnum();
    }

    static ArchitectureRule transportKnowsNothingOfProtocol() {
        return noDependency(in(ROOT + ".transport.."), in(ROOT + ".protocol.."));
    }

    static ArchitectureRule protocolAndReactorKnowNothingOfTheWhiteboard() {
        return noDependency(in(ROOT + ".protocol..", ROOT + ".reactor.."), in(ROOT + ".whiteboard.."));
    }

    static ArchitectureRule internalTypesAreUsedInsideOnly() {
        return noDependency(not(INSIDE), in(ROOT + ".internal.."));
    }

    static ArchitectureRule engineKnowsNothingOfOsgiNorOfTheWhiteboard() {
        return noDependency(ENGINE, in("org.osgi..", ROOT + ".whiteboard..", ROOT + ".internal.whiteboard.."));
    }

    static ArchitectureRule everyEngineClassIsInARoom() {
        Predicate<String> rooms = in(ROOMS.toArray(String[]::new));
        return noClass(ENGINE.and(not(rooms)), type -> Stream.of("is in " + type.getPackageName()));
    }

    static ArchitectureRule arrowsBetweenRoomsGoDown() {
        return IntStream.range(1, ROOMS.size())
                .mapToObj(floor -> noDependency(
                        in(ROOMS.get(floor)), in(ROOMS.subList(0, floor).toArray(String[]::new))))
                .reduce(ArchitectureRule::and)
                .orElseThrow();
    }

    /**
     * Packages one by one, and then, for each package that has others in it, these with all that is below them: a cycle
     * through a sub-package is none between single packages. What is named as broken is the pattern of the packages.
     */
    static ArchitectureRule packagesHaveNoCycles() {
        return product -> {
            NavigableMap<String, List<String>> cycles = new TreeMap<>();
            for (String pattern : slicings(product.classes())) {
                FailureReport report = slices().matching(pattern)
                        .should()
                        .beFreeOfCycles()
                        .evaluate(product.classes())
                        .getFailureReport();
                if (!report.isEmpty()) {
                    cycles.put(pattern, report.getDetails());
                }
            }
            return cycles;
        };
    }

    private static Set<String> slicings(JavaClasses classes) {
        Set<String> patterns = new TreeSet<>(Set.of(ROOT + ".(**)"));
        for (JavaClass type : classes) {
            for (String name = type.getPackageName(); !name.equals(ROOT); ) {
                name = ArchitectureRule.packageOf(name);
                patterns.add(name + ".(*)..");
            }
        }
        return patterns;
    }

    static ArchitectureRule onlyWiresKnowChannels() {
        return noDependency(
                ENGINE.and(not(WIRES)), in("java.nio.channels..").and(not(named("java.nio.channels.FileChannel"))));
    }

    /** A call of it waits for a disk or a terminal, and prints what it is given. */
    static ArchitectureRule onlyTheLogKnowsSlf4j() {
        return noDependency(not(in(ROOT + ".internal.engine.log..")), in("org.slf4j.."));
    }

    static ArchitectureRule onlyNioWiresOpenSelectors() {
        return noCall(
                not(in(ROOT + ".internal.engine.wire.nio..")),
                method(Selector.class, "open").or(method(SelectorProvider.class, "openSelector")));
    }

    static ArchitectureRule onlyLoopsStartThreads() {
        Predicate<String> others = not(named(
                ROOT + ".internal.engine.loop.EventLoop",
                ROOT + ".internal.engine.loop.OffLoop",
                ROOT + ".internal.engine.log.LogThread"));
        return noCall(others, method(Thread.class, "<init>"))
                .and(noUse(others, anyOf(Executor.class, Executors.class, java.util.Timer.class)))
                .and(noCall(
                        ENGINE.and(others),
                        method(CompletableFuture.class, "\\w+Async|delayedExecutor|orTimeout|completeOnTimeout")));
    }

    static ArchitectureRule onlyTheClockReadsTheTime() {
        return noCall(not(named(ROOT + ".internal.engine.loop.Clock")), method(System.class, "nanoTime"));
    }

    static ArchitectureRule nobodyReadsTheTimeOfDay() {
        return noCall(EVERYWHERE, method(System.class, "currentTimeMillis"));
    }

    static ArchitectureRule engineHasNoMonitors() {
        return noSource(
                ENGINE, source -> MONITOR.matcher(source.code()).results().map(found -> "synchronized"));
    }

    static ArchitectureRule engineTakesNoLocks() {
        return noDependency(
                ENGINE, in("java.util.concurrent.locks..").and(not(named("java.util.concurrent.locks.LockSupport"))));
    }

    static ArchitectureRule engineDoesNotSleep() {
        return noCall(ENGINE, method(Thread.class, "sleep").or(method(TimeUnit.class, "sleep")));
    }

    static ArchitectureRule engineHasNoThreadLocals() {
        return noUse(ENGINE, anyOf(ThreadLocal.class));
    }

    static ArchitectureRule nothingIsSerialized() {
        return noUse(EVERYWHERE, anyOf(ObjectInput.class, ObjectOutput.class))
                .and(noClass(
                        EVERYWHERE,
                        type -> type.getRawInterfaces().stream()
                                .filter(face -> face.isEquivalentTo(Serializable.class)
                                        || face.isEquivalentTo(Externalizable.class))
                                .map(face -> "implements " + face.getName())));
    }

    static ArchitectureRule onlyProxiesSendMail() {
        return noCall(
                not(LOOPS).and(name -> !ArchitectureRule.topLevel(name).endsWith("Proxy")),
                target -> target.getOwner().getName().equals(ROOT + ".internal.engine.loop.EventLoop")
                        && Set.of("post", "offer", "wake").contains(target.getName()));
    }

    static ArchitectureRule classesFitOnAFewScreens() {
        return noSource(
                EVERYWHERE,
                source -> Stream.of(source.linesOfLongestClass())
                        .filter(lines -> lines > MAX_LINES_OF_CODE)
                        .map(lines -> lines + " lines of code"));
    }

    static ArchitectureRule enginePackagesSayTheirThreadAndWhatTheyMayNotKnow() {
        return product -> {
            Set<String> described = product.sources().stream()
                    .filter(source -> source.name().endsWith(".package-info"))
                    .filter(source -> isDescription(source.text()))
                    .map(source -> ArchitectureRule.packageOf(source.name()))
                    .collect(Collectors.toSet());
            return noSource(
                            ENGINE,
                            source -> Stream.of(ArchitectureRule.packageOf(source.name()))
                                    .filter(not(described::contains))
                                    .map(name -> name + " is not described"))
                    .violations(product);
        };
    }

    private static boolean isDescription(String packageInfo) {
        String javadoc = packageInfo.substring(0, packageInfo.lastIndexOf("*/") + 1);
        return javadoc.contains("<b>Thread.</b>") && javadoc.contains("<b>May not know</b>");
    }

    private static Predicate<JavaClass> anyOf(Class<?>... types) {
        return used -> Stream.of(types).anyMatch(used::isAssignableTo);
    }

    private static Predicate<AccessTarget> method(Class<?> owner, String name) {
        return target ->
                target.getOwner().isAssignableTo(owner) && target.getName().matches(name);
    }
}
