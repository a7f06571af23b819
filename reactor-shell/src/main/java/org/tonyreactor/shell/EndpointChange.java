package org.tonyreactor.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.tonyreactor.runtime.ReactorAdmin;

/**
 * Changes what one endpoint does.
 *
 * @param change what it is to do
 * @param endpoint a port, an address or a name, as {@link Target} takes it
 */
public record EndpointChange(Change change, String endpoint) implements ShellCommand {
    public static final String CLOSE = "Stops accepting and ends the connections at once; frees a held port.";
    public static final String DRAIN = "Stops accepting and lets the connections finish, for the drain time at most.";
    public static final String HOLD = "Suspends the connections that can be; new peers connect and wait unread.";
    public static final String HAND_OVER = "Hands the connections over to the primary factory.";
    public static final String SUSPEND = "Stops accepting: peers wait in the backlog, open connections stay.";
    public static final String RESUME = "Accepts again after close, drain, hold or suspend.";

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        ReactorAdmin admin = shell.admin();
        Target target = Target.served(shell.runtime().getRuntimeDTO(), endpoint);
        int moved;
        try {
            moved = change.apply(admin, target);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            throw new CommandFailure(target + ": " + e.getMessage() + open(shell, target));
        }
        String done = change == Change.CLOSE && isGone(shell, target) ? "closed; the port is free." : said(moved);
        return new Answer(() -> TextWidth.fold(target + ": " + done, Table.WIDTH), () -> value(target, moved));
    }

    private String said(int moved) {
        return change == Change.HAND_OVER ? HumanFormat.count(moved, "connection") + " handed over." : change.done;
    }

    /** What is not done yet, whatever was asked for. */
    private static String open(ShellContext shell, Target target) throws CommandFailure {
        long connections = Stream.of(shell.runtime().getRuntimeDTO().endpointDTOs)
                .filter(target::isOf)
                .mapToLong(each -> each.connections)
                .sum();
        return "; " + HumanFormat.count(connections, "connection") + " still open";
    }

    private static boolean isGone(ShellContext shell, Target target) throws CommandFailure {
        return Stream.of(shell.runtime().getRuntimeDTO().endpointDTOs).noneMatch(target::isOf);
    }

    private Object value(Target target, int moved) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("endpoint", target.toString());
        value.put("done", change.command);
        if (change == Change.HAND_OVER) {
            value.put("handedOver", moved);
        }
        return value;
    }

    /** What can be done to an endpoint. */
    public enum Change {
        CLOSE("endpoint-close", "closed; endpoint-resume opens it again."),
        DRAIN("endpoint-drain", "draining; endpoint-resume opens it again."),
        HOLD("endpoint-hold", "held; endpoint-resume ends it."),
        HAND_OVER("endpoint-handover", "handed over."),
        SUSPEND("endpoint-suspend", "accepts no more; endpoint-resume ends it."),
        RESUME("endpoint-resume", "accepts.");

        private final String command;
        private final String done;

        Change(String command, String done) {
            this.command = command;
            this.done = done;
        }

        /** The name of its command. */
        public String command() {
            return command;
        }

        private int apply(ReactorAdmin admin, Target target) {
            switch (this) {
                case CLOSE -> admin.close(target.ref());
                case DRAIN -> admin.drain(target.ref());
                case HOLD -> admin.hold(target.ref());
                case SUSPEND -> admin.suspendAccepting(target.ref());
                case RESUME -> admin.resumeAccepting(target.ref());
                case HAND_OVER -> {
                    return admin.handOver(target.ref());
                }
            }
            return 0;
        }
    }
}
