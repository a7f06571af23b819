package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.shell.Answer;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.DefinitionList;
import org.tonyreactor.shell.ShellCommand;
import org.tonyreactor.shell.ShellContext;
import org.tonyreactor.shell.Table;
import org.tonyreactor.shell.TextWidth;

/**
 * Says why a bundle's protocol is not live, or who would serve a port.
 *
 * @param subject a bundle's id or symbolic name, or a port; a number that is both is taken as the port
 * @param bundle whether a number is a bundle's id in any case
 */
public record Why(String subject, boolean bundle) implements ShellCommand {
    public static final String DESCRIPTION =
            "Says why the protocol of a bundle is not live, or who would serve a port, and what to do.";
    public static final String SUBJECT = "A bundle's id or symbolic name, or a port; :12 is always a port.";
    public static final String BUNDLE = "Take a number as a bundle's id, even where it is a port too.";

    private static final Pattern PORT = Pattern.compile(":?(\\d{1,5})");
    private static final int MAX_PORT = 65_535;
    /** What is further out is the engine. */
    private static final int MOST_FRAMES = 16;

    private static final String INDENT = "    ";

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        Matcher number = PORT.matcher(subject);
        if (number.matches() && !bundle) {
            long port = Long.parseLong(number.group(1));
            if (subject.startsWith(":")
                    || isPort(shell, port)
                    || shell.bundle(port).isEmpty()) {
                return port(shell, port);
            }
        }
        Bundle meant = find(shell);
        List<Finding> findings = new WhyBundle(shell).findings(meant);
        return answer(NameOf.bundle(meant), "live", findings);
    }

    private Answer port(ShellContext shell, long port) throws CommandFailure {
        if (port > MAX_PORT) {
            throw new CommandFailure(subject + " is neither a bundle nor a port, which ends at " + MAX_PORT);
        }
        return answer("Port " + port, "served", new WhyPort(shell).findings((int) port));
    }

    private static boolean isPort(ShellContext shell, long port) {
        RuntimeDTO runtime =
                shell.findRuntime().map(service -> service.getRuntimeDTO()).orElseGet(RuntimeDTO::new);
        return Stream.of(runtime.endpointDTOs).anyMatch(each -> each.port == port)
                || Stream.of(runtime.failedEndpointDTOs).anyMatch(each -> each.port == port);
    }

    /** By id, by the whole symbolic name, or by a part of it that only one has. */
    private Bundle find(ShellContext shell) throws CommandFailure {
        List<Bundle> all = shell.bundles();
        List<Bundle> exact = all.stream()
                .filter(each ->
                        subject.equals(each.getSymbolicName()) || subject.equals(String.valueOf(each.getBundleId())))
                .toList();
        List<Bundle> meant = !exact.isEmpty()
                ? exact
                : all.stream()
                        .filter(each -> String.valueOf(each.getSymbolicName()).contains(subject))
                        .toList();
        if (meant.isEmpty()) {
            throw new CommandFailure("there is no bundle " + subject + ": write its id or its symbolic name");
        }
        if (meant.size() > 1) {
            throw new CommandFailure(subject + " is ambiguous: write the id of one of "
                    + String.join(
                            ", ", meant.stream().limit(5).map(NameOf::bundle).toList())
                    + (meant.size() > 5 ? " and " + (meant.size() - 5) + " more" : ""));
        }
        return meant.get(0);
    }

    private static Answer answer(String subject, String live, List<Finding> findings) {
        return new Answer(() -> lines(subject, live, findings), () -> value(subject, findings));
    }

    private static Object value(String subject, List<Finding> findings) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("subject", subject);
        value.put("live", findings.stream().anyMatch(Finding::isLive));
        value.put("findings", findings.stream().map(Finding::value).toList());
        return value;
    }

    private static List<String> lines(String subject, String live, List<Finding> findings) {
        boolean isLive = findings.stream().anyMatch(Finding::isLive);
        List<String> lines =
                new ArrayList<>(TextWidth.fold(subject + (isLive ? " is " : " is not ") + live + ".", Table.WIDTH));
        for (Finding finding : findings) {
            DefinitionList list = new DefinitionList();
            list.add(label(finding, isLive), finding.because());
            if (!finding.remedy().isEmpty()) {
                list.add("do", finding.remedy());
            }
            lines.addAll(list.lines());
            lines.addAll(stack(finding.stack()));
        }
        return lines;
    }

    private static List<String> stack(List<String> frames) {
        List<String> lines = new ArrayList<>();
        for (String frame : frames.subList(0, Math.min(MOST_FRAMES, frames.size()))) {
            String indent = INDENT + "at ";
            for (String line : TextWidth.fold(frame, Table.WIDTH - INDENT.length() - 3)) {
                lines.add(indent + line);
                indent = INDENT + "   ";
            }
        }
        if (frames.size() > MOST_FRAMES) {
            lines.add(INDENT + "and " + (frames.size() - MOST_FRAMES) + " more; --json has all");
        }
        return lines;
    }

    private static String label(Finding finding, boolean isLive) {
        if (finding.isLive()) {
            return "live";
        }
        return isLive ? "but" : "because";
    }
}
