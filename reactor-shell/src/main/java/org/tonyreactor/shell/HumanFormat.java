package org.tonyreactor.shell;

import java.util.Locale;

/** Formats numbers, durations and addresses for people. */
public final class HumanFormat {
    private static final long KIBI = 1024;
    private static final String[] UNITS = {"", "K", "M", "G", "T", "P", "E"};

    private HumanFormat() {}

    /** Bytes in at most five characters: 1023, 1.5K, 12M. */
    public static String bytes(long bytes) {
        return byteRate((double) bytes);
    }

    /** Bytes in a second, likewise. */
    public static String byteRate(double perSecond) {
        double value = perSecond;
        int unit = 0;
        while (value >= KIBI && unit < UNITS.length - 1) {
            value /= KIBI;
            unit++;
        }
        String format = unit == 0 || value >= 10 ? "%.0f%s" : "%.1f%s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }

    /** A rate of events: 0.5 below ten, 1200 above. */
    public static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 && perSecond > 0 ? "%.1f" : "%.0f", perSecond);
    }

    /** A duration in its two largest units: 850ms, 12s, 3m05s, 2h10m, 4d03h. */
    public static String duration(long millis) {
        long seconds = millis / 1000;
        if (seconds < 1) {
            return millis + "ms";
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return String.format(Locale.ROOT, "%dm%02ds", minutes, seconds % 60);
        }
        long hours = minutes / 60;
        return hours < 24
                ? String.format(Locale.ROOT, "%dh%02dm", hours, minutes % 60)
                : String.format(Locale.ROOT, "%dd%02dh", hours / 24, hours % 24);
    }

    /** A number and its noun: 1 connection, 2 connections. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** An address: 127.0.0.1:7007, [::1]:7007. */
    public static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + (port < 0 ? "?" : port);
    }
}
