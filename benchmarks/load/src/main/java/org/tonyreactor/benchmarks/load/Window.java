package org.tonyreactor.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What is measured, and when: {@code measuring} and {@code measured} are printed at its ends, so that another process can
 * look at the server between them. An answer counts when it comes within the window. Its latency counts when it was
 * <em>due to be sent</em> within the window, even if it comes later: what is slow at the end must not be left out.
 *
 * <p>All times are those of the loop's clock, which begins at 0.
 */
final class Window {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Histogram latencies = new Histogram(1, LONGEST_NANOS, 3);
    private final PrintStream out;
    private final long lengthNanos;

    private long opensNanos = Long.MAX_VALUE;
    private long openedNanos = Long.MAX_VALUE;
    private long closedNanos = Long.MAX_VALUE;
    private long cpuNanos;
    private long messages;

    Window(PrintStream out, long lengthNanos) {
        this.out = out;
        this.lengthNanos = lengthNanos;
    }

    /** When the warm-up is over. */
    void opensAt(long nanos) {
        opensNanos = nanos;
    }

    /** Opens and closes it when it is time. */
    void turn(long nowNanos) {
        if (openedNanos == Long.MAX_VALUE) {
            if (nowNanos >= opensNanos) {
                open(nowNanos);
            }
        } else if (!isOver() && nowNanos - openedNanos >= lengthNanos) {
            close(nowNanos);
        }
    }

    /** Closes it early, since there is nobody left to talk to. */
    void cutShort(long nowNanos) {
        if (openedNanos == Long.MAX_VALUE) {
            open(nowNanos);
        }
        if (!isOver()) {
            close(nowNanos);
        }
    }

    boolean isOver() {
        return closedNanos != Long.MAX_VALUE;
    }

    void answered(long dueNanos, long nowNanos) {
        if (openedNanos != Long.MAX_VALUE && !isOver()) {
            messages++;
        }
        if (dueNanos >= openedNanos && dueNanos < closedNanos) {
            latencies.recordValue(Math.min(nowNanos - dueNanos, LONGEST_NANOS));
        }
    }

    Histogram latencies() {
        return latencies;
    }

    long messages() {
        return messages;
    }

    void report(int sizeBytes) {
        double seconds = (closedNanos - openedNanos) / NANOS_PER_SECOND;
        out.println("messages=" + messages);
        print("seconds", seconds);
        print("rate", seconds == 0 ? 0 : messages / seconds);
        out.println("bytes=" + messages * sizeBytes);
        print("cpu.seconds", cpuNanos / NANOS_PER_SECOND);
        for (String percentile : List.of("50", "90", "99", "99.9")) {
            print("p" + percentile, latencies.getValueAtPercentile(Double.parseDouble(percentile)) / NANOS_PER_MICRO);
        }
        print("max", latencies.getMaxValue() / NANOS_PER_MICRO);
    }

    private void open(long nowNanos) {
        openedNanos = nowNanos;
        cpuNanos = system.getProcessCpuTime();
        say("measuring");
    }

    private void close(long nowNanos) {
        closedNanos = nowNanos;
        cpuNanos = system.getProcessCpuTime() - cpuNanos;
        say("measured");
    }

    private void say(String what) {
        out.println(what);
        out.flush();
    }

    private void print(String name, double value) {
        out.println(name + "=" + String.format(Locale.ROOT, "%.3f", value));
    }
}
