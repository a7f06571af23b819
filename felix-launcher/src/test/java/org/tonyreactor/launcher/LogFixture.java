package org.tonyreactor.launcher;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is logged. */
final class LogFixture implements DeployLog {
    final List<String> infos = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<StackTraceElement> stack = new CopyOnWriteArrayList<>();

    @Override
    public void info(String line) {
        infos.add(line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public void warn(String line, List<StackTraceElement> frames) {
        warnings.add(line);
        stack.addAll(frames);
    }
}
