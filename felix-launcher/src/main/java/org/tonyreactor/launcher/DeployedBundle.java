package org.tonyreactor.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * A bundle of {@code deploy/}: the files that have it, and what the framework has of it. Of several files with the same
 * bundle the one that came last counts; when it goes, the one before does. Belongs to the thread of {@link Deployer}.
 */
final class DeployedBundle {
    private final Map<Path, BundleJar> files = new LinkedHashMap<>();
    private String identity = "";
    private Path file = Path.of("");
    private @Nullable Bundle bundle;
    private BundleFile.@Nullable Content original;
    private String installedDigest = "";
    private String refusedDigest = "";
    private boolean toStart;
    private @Nullable Operation operation;
    private String hanging = "";
    private String trouble = "";

    /** The content that counts, with its file; empty when all files have gone. */
    Optional<Map.Entry<Path, BundleJar>> wanted() {
        return files.entrySet().stream().reduce((earlier, later) -> later);
    }

    /** The name and version of what counts, or of what counted last. */
    String identity() {
        return identity;
    }

    /** The file that counts, or the last one that did. */
    Path file() {
        return wanted().map(Map.Entry::getKey).orElse(file);
    }

    boolean has(Path wanted) {
        return files.containsKey(wanted);
    }

    int fileCount() {
        return files.size();
    }

    /** From now on {@code next} counts. One that was here before is updated though it has the same content: it was touched. */
    void put(Path next, BundleJar jar) {
        if (has(next)) {
            remove(next);
            installedDigest = "";
            refusedDigest = "";
        }
        files.put(next, jar);
        file = next;
        identity = jar.identity();
    }

    void remove(Path gone) {
        BundleJar old = files.remove(gone);
        if (old != null) {
            old.deleteCopy();
        }
    }

    /** Whether the framework has another content, or none, and has not refused this one. */
    boolean isOutdated() {
        return wanted().map(Map.Entry::getValue)
                .map(jar ->
                        !jar.digest().equals(installedDigest) && !jar.digest().equals(refusedDigest))
                .orElse(false);
    }

    /** What the framework has; null before the first installation. */
    @Nullable
    Bundle bundle() {
        return bundle;
    }

    /** The framework has {@code jar} now. */
    void installed(Bundle taken, BundleJar jar) {
        bundle = taken;
        installedDigest = jar.digest();
        refusedDigest = "";
        trouble = "";
        jar.deleteCopy();
    }

    /** The framework does not take {@code jar}; it goes on with what it has. */
    void refused(BundleJar jar) {
        refusedDigest = jar.digest();
        jar.deleteCopy();
    }

    /** It stands in the place of a bundle of the installation, which comes back when all files have gone. */
    void replaces(Bundle ofInstallation, BundleFile.Content content) {
        bundle = ofInstallation;
        original = content;
    }

    BundleFile.@Nullable Content original() {
        return original;
    }

    boolean isToStart() {
        return toStart;
    }

    void setToStart(boolean start) {
        toStart = start;
    }

    /** What runs and has not come back yet, or null. */
    @Nullable
    Operation operation() {
        return operation;
    }

    boolean isIdle() {
        return operation == null;
    }

    void begin(Operation begun) {
        operation = begun;
    }

    void end() {
        operation = null;
    }

    /** Where its operation is now that was told not to come back, the innermost frame first; empty where there is none. */
    List<String> hangingStack() {
        Operation known = operation;
        return known == null || !isHanging()
                ? List.of()
                : known.stack().stream().map(StackTraceElement::toString).toList();
    }

    /** Whether it was told that its operation does not come back. */
    boolean isHanging() {
        return !hanging.isEmpty();
    }

    void setHanging(String line) {
        hanging = line;
    }

    /** Why it is not served, in one line, or empty. */
    String trouble() {
        return isHanging() ? hanging : trouble;
    }

    /** Whether this is another trouble than the last one. */
    boolean setTrouble(String line) {
        boolean other = !line.equals(trouble);
        trouble = line;
        return other;
    }

    /** As messages call it. */
    String words() {
        Bundle known = bundle;
        return known == null ? identity : BundleActions.words(known);
    }
}
