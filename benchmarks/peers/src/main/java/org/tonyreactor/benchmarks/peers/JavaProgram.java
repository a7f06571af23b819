package org.tonyreactor.benchmarks.peers;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A main class of this jar, with nothing but its own libraries beside it. */
final class JavaProgram implements Program {
    private final String label;
    private final Class<?> main;
    private final boolean needsNativeLibrary;
    private Optional<String> problem = Optional.empty();
    private boolean tried;

    JavaProgram(String label, Class<?> main, boolean needsNativeLibrary) {
        this.label = label;
        this.main = main;
        this.needsNativeLibrary = needsNativeLibrary;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<String> command(Path java, String... arguments) {
        Path code = Program.code();
        String classPath =
                code + File.pathSeparator + code.resolveSibling("lib").resolve(label) + "/*";
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        // So that newer JDKs let Netty and others use what they are fastest with; older ones do not know the options.
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Tries it once, on the Java that runs this, where it depends on the system. */
    @Override
    public synchronized Optional<String> unavailable() {
        if (needsNativeLibrary && !tried) {
            tried = true;
            problem = Program.trial(command(Path.of(System.getProperty("java.home"), "bin", "java"), "0", "1"));
        }
        return problem;
    }
}
