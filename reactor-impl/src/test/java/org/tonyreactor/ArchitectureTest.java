package org.tonyreactor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tonyreactor.internal.engine.loop.EventLoop;

/** The invariants of ARCHITECTURE.md. Each test is named after its invariant. */
class ArchitectureTest {
    private static final String ENGINE = "org.tonyreactor.internal.engine..";
    private static final String WHITEBOARD = "org.tonyreactor.internal.whiteboard..";
    private static final Pattern COMMENT = Pattern.compile("//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern MONITOR = Pattern.compile("\\bsynchronized\\s*\\(");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.tonyreactor");

    @Test
    void seesTheProduct() {
        List<String> missing = Stream.of("protocol.Protocol", "internal.engine.loop.EventLoop", "transport.Transport")
                .map(name -> "org.tonyreactor." + name)
                .filter(name -> !PRODUCT.contain(name))
                .toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void apiDependsOnTheJdkAndAnnotationsOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.tonyreactor.protocol..",
                        "org.tonyreactor.transport..",
                        "org.tonyreactor.reactor..",
                        "org.tonyreactor.runtime..",
                        "org.tonyreactor.whiteboard..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..",
                        "org.tonyreactor.protocol..",
                        "org.tonyreactor.transport..",
                        "org.tonyreactor.reactor..",
                        "org.tonyreactor.runtime..",
                        "org.tonyreactor.whiteboard..",
                        "org.osgi.annotation..",
                        "org.osgi.service.component.annotations..",
                        "org.osgi.dto..",
                        "org.jspecify.annotations..")
                .check(PRODUCT);
    }

    @Test
    void transportKnowsNothingOfProtocol() {
        noClasses()
                .that()
                .resideInAPackage("org.tonyreactor.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tonyreactor.protocol..")
                .check(PRODUCT);
    }

    @Test
    void engineKnowsNothingOfOsgiNorOfTheWhiteboard() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.osgi..", WHITEBOARD)
                .check(PRODUCT);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.tonyreactor.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void onlyEventLoopAndOffLoopStartThreads() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.tonyreactor.internal.engine.loop.EventLoop")
                .and()
                .doNotHaveFullyQualifiedName("org.tonyreactor.internal.engine.loop.OffLoop")
                .should()
                .callConstructorWhere(JavaCall.Predicates.target(
                        HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(Thread.class))))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executor.class)
                .check(PRODUCT);
    }

    @Test
    void onlyProxiesSendMail() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.tonyreactor.internal.engine.loop")
                .and()
                .haveSimpleNameNotEndingWith("Proxy")
                .should()
                .callMethod(EventLoop.class, "post", Runnable.class)
                .orShould()
                .callMethod(EventLoop.class, "offer", Runnable.class)
                .check(PRODUCT);
    }

    @Test
    void onlyTheMultiplexerOpensSelectors() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.tonyreactor.internal.engine.wire.nio.NioMultiplexer")
                .should()
                .callMethod(Selector.class, "open")
                .check(PRODUCT);
    }

    @Test
    void onlyTheClockReadsTheTime() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.tonyreactor.internal.engine.loop.Clock")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(PRODUCT);
    }

    @Test
    void engineTakesNoLocksAndDoesNotSleep() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Lock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(PRODUCT);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(ENGINE)
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .check(PRODUCT);
    }

    @Test
    void engineHasNoMonitors() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/tonyreactor/internal/engine"))) {
            sources = files.filter(Files::isRegularFile).toList();
        }

        assertFalse(sources.isEmpty());
        for (Path source : sources) {
            String code = COMMENT.matcher(Files.readString(source)).replaceAll("");
            assertFalse(MONITOR.matcher(code).find(), source.toString());
        }
    }

    @Test
    void nothingIsSerialized() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class)
                .check(PRODUCT);
    }

    @Test
    void exportedTypesAreOnesThatBundlesMayImport() {
        classes()
                .that()
                .resideInAPackage("org.tonyreactor.internal..")
                .and()
                .haveSimpleNameNotEndingWith("package-info")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("org.tonyreactor.internal..", "org.tonyreactor.standalone..")
                .check(PRODUCT);
    }
}
