package org.tonyreactor;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatchers;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tonyreactor.ArchitectureProduct.Source;

/** A rule over the classes and the sources of a product. Names of types are qualified ones. */
interface ArchitectureRule {
    /** What breaks the rule: the names of top-level types, each with the places. */
    NavigableMap<String, List<String>> violations(ArchitectureProduct product);

    default ArchitectureRule and(ArchitectureRule other) {
        return product -> {
            NavigableMap<String, List<String>> both = new TreeMap<>(violations(product));
            other.violations(product).forEach((name, places) -> both.merge(name, places, ArchitectureRule::concat));
            return both;
        };
    }

    /**
     * A type may not depend on another. A constant of the other is compiled into the class and leaves no trace there, and
     * a type that is inferred leaves none in the source: so both are looked at.
     */
    static ArchitectureRule noDependency(Predicate<String> from, Predicate<String> to) {
        return noUse(from, type -> to.test(type.getName()))
                .and(noSource(from, source -> source.namedTypes().stream().filter(to)));
    }

    /** A class may not depend on another. */
    static ArchitectureRule noUse(Predicate<String> from, Predicate<JavaClass> used) {
        return noClass(
                from,
                user -> user.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !isPrimitive(dependency) && used.test(target(dependency)))
                        .map(Dependency::getDescription));
    }

    /** A class may not call a method or a constructor, nor refer to it. */
    static ArchitectureRule noCall(Predicate<String> from, Predicate<AccessTarget> called) {
        return noClass(
                from,
                caller -> caller.getAccessesFromSelf().stream()
                        .filter(access -> called.test(access.getTarget()))
                        .map(JavaAccess::getDescription));
    }

    /** No class may have something in it; {@code places} says where it has. */
    static ArchitectureRule noClass(Predicate<String> names, Function<JavaClass, Stream<String>> places) {
        return product -> collect(product.classes().stream().toList(), JavaClass::getName, names, places);
    }

    /** No source may have something in it; {@code places} says where it has. */
    static ArchitectureRule noSource(Predicate<String> names, Function<Source, Stream<String>> places) {
        return product -> collect(product.sources(), Source::name, names, places);
    }

    private static <T> NavigableMap<String, List<String>> collect(
            List<T> all, Function<T, String> name, Predicate<String> names, Function<T, Stream<String>> places) {
        NavigableMap<String, List<String>> found = new TreeMap<>();
        for (T one : all) {
            List<String> here =
                    names.test(name.apply(one)) ? places.apply(one).sorted().toList() : List.of();
            if (!here.isEmpty()) {
                found.merge(topLevel(name.apply(one)), here, ArchitectureRule::concat);
            }
        }
        return found;
    }

    private static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }

    private static boolean isPrimitive(Dependency dependency) {
        return target(dependency).isPrimitive();
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** Whether a type is in one of the packages, which are written as ArchUnit has it: {@code a.b..} is a.b and all below. */
    static Predicate<String> in(String... packages) {
        PackageMatchers matchers = PackageMatchers.of(packages);
        return name -> matchers.test(packageOf(name));
    }

    /** Whether a type is one of these, or is nested in one. */
    static Predicate<String> named(String... names) {
        return name -> List.of(names).contains(topLevel(name));
    }

    static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    static String topLevel(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
