package org.tonyreactor.shell;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Compares hosts as the engine does: as addresses, however they are spelled. */
public final class HostText {
    private static final String ALL = "*";
    /** How long a name may be looked up. */
    private static final long LOOKUP_MILLIS = 2_000;

    private HostText() {}

    /** Whether two texts are one host: {@code localhost} and {@code 127.0.0.1}, or {@code *} and {@code 0.0.0.0}. */
    public static boolean isSame(String one, String other) {
        return one.equalsIgnoreCase(other) || address(one).equals(address(other));
    }

    /** The number of a host; the name itself when it is not known within the time. */
    private static String address(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(ALL)
                ? ALL
                : CompletableFuture.supplyAsync(() -> lookUp(name))
                        .completeOnTimeout(name, LOOKUP_MILLIS, TimeUnit.MILLISECONDS)
                        .join();
    }

    private static String lookUp(String name) {
        try {
            InetAddress address = InetAddress.getByName(name);
            return address.isAnyLocalAddress() ? ALL : address.getHostAddress();
        } catch (UnknownHostException e) {
            return name;
        }
    }
}
