package org.tonyreactor.launcher;

import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/** The log of the bundles, through the log service, which the launcher calls by name. */
final class ServerLog implements DeployLog {
    private static final String FACTORY = "org.osgi.service.log.LoggerFactory";
    private static final String LOGGER = "org.osgi.service.log.Logger";
    private static final String NAME = "org.tonyreactor.deploy";

    private final BundleContext context;

    ServerLog(BundleContext context) {
        this.context = context;
    }

    @Override
    public void info(String line) {
        log("info", line);
    }

    @Override
    public void warn(String line) {
        log("warn", line);
    }

    @Override
    public void warn(String line, List<StackTraceElement> stack) {
        Throwable where = new Throwable("it is in " + frameOf(stack));
        where.setStackTrace(stack.toArray(StackTraceElement[]::new));
        log("warn", line, where);
    }

    /** The first frame that is no class of the JDK. */
    static String frameOf(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk.")
                        && !frame.getClassName().startsWith("sun."))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("the JDK");
    }

    /** The line is an argument, for the logger would take braces in it for placeholders. */
    private void log(String level, Object... arguments) {
        try {
            Optional<ForeignService> factory = ForeignService.find(context, FACTORY);
            if (factory.isPresent()) {
                Object logger = factory.get().call("getLogger", NAME);
                Class<?> type = factory.get().neighbour(LOGGER);
                Class<?>[] types = {String.class, Object[].class};
                ForeignService.call(type, logger, level, types, "{}", arguments);
                return;
            }
        } catch (IllegalStateException e) {
            // The log, or the whole framework, is going.
        }
        System.err.println("tonyReactor: " + arguments[0]);
    }
}
