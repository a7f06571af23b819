package org.tonyreactor.internal.engine;

import java.util.ArrayList;
import java.util.List;

/** A process of the tests' own Java and class path. */
final class ChildJavaFixture {
    private ChildJavaFixture() {}

    /** The command that runs the main class, with assertions and some options of the virtual machine. */
    static List<String> command(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-ea:org.tonyreactor...");
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        return command;
    }
}
