package org.tonyreactor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tonyreactor.runtime.dto.ClassLoaderLeakDTO;

/**
 * The class loaders of protocol bundles that should be gone and are not.
 *
 * @param collect whether to collect garbage first
 */
public record ClassLoaderLeaks(boolean collect) implements ShellCommand {
    public static final String DESCRIPTION =
            "Lists old class loaders of protocol bundles that are still alive, and why.";
    public static final String COLLECT = "Collects garbage first: what is left then is held by somebody.";

    private static final String INDENT = "  ";

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        if (collect) {
            System.gc();
        }
        ClassLoaderLeakDTO[] leaks = shell.admin().getClassLoaderLeakDTOs();
        return new Answer(
                () -> lines(leaks), () -> Stream.of(leaks).map(Snapshot::of).toList());
    }

    private List<String> lines(ClassLoaderLeakDTO[] leaks) {
        if (leaks.length == 0) {
            return List.of("No old class loader is alive.");
        }
        Table table = new Table(">BUNDLE", "NAME", "VERSION", ">GONE FOR");
        for (ClassLoaderLeakDTO leak : leaks) {
            table.add(leak.bundleId, leak.symbolicName, leak.version, HumanFormat.duration(leak.goneMillis));
        }
        List<String> rows = table.lines();
        List<String> lines = new ArrayList<>();
        lines.add(rows.get(0));
        for (int i = 0; i < leaks.length; i++) {
            lines.add(rows.get(i + 1));
            for (String holder : holders(leaks[i])) {
                TextWidth.fold(holder, Table.WIDTH - INDENT.length()).forEach(line -> lines.add(INDENT + line));
            }
        }
        return lines;
    }

    private List<String> holders(ClassLoaderLeakDTO leak) {
        if (leak.holders.length > 0) {
            return Stream.of(leak.holders).map(holder -> "held by " + holder).toList();
        }
        return List.of(
                collect
                        ? "held by something outside the engine: a heap dump tells (jcmd PID GC.heap_dump FILE)"
                        : "not collected yet: leaks --gc collects first");
    }
}
