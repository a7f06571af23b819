package org.tonyreactor.runtime;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.runtime.dto.EndpointDTO;

/**
 * Says which endpoint is meant: by its address, or by its name if only one address has it. Immutable; any thread. It may be
 * kept, since it refers to no engine: whether there is such an endpoint is found out by whoever is given it.
 */
public final class EndpointRef {
    private static final int MAX_PORT = 65_535;
    private static final String SOCKET_FILE = "unix:/";
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\[\\]]+]|[^\\[\\]:]+):(\\d{1,5})");

    private final String text;
    private final boolean isAddress;

    private EndpointRef(String text, boolean isAddress) {
        this.text = text;
        this.isAddress = isAddress;
    }

    /**
     * Reads what a person writes.
     *
     * @param text {@code host:port}, {@code [v6]:port} or {@code unix:/path}, as in {@link EndpointDTO#address}; else a
     *     name, as in {@link EndpointDTO#name}. What has a colon is an address, so an endpoint whose name has one is found by its
     *     address only. Blanks around it count for nothing.
     * @return the reference
     * @throws IllegalArgumentException when the text is empty, or has a colon and is no address; the message says what to write
     */
    public static EndpointRef of(String text) {
        String trimmed = text.trim();
        if (!trimmed.isEmpty() && !trimmed.contains(":")) {
            return new EndpointRef(trimmed, false);
        }
        if (trimmed.startsWith(SOCKET_FILE) && trimmed.length() > SOCKET_FILE.length()) {
            return new EndpointRef(trimmed, true);
        }
        Matcher matcher = HOST_AND_PORT.matcher(trimmed);
        if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= MAX_PORT) {
            return new EndpointRef(
                    matcher.group(1).toLowerCase(Locale.ROOT) + ":" + Integer.parseInt(matcher.group(2)), true);
        }
        throw new IllegalArgumentException((trimmed.isEmpty() ? "an empty text" : trimmed)
                + " names no endpoint: write host:port with a port up to " + MAX_PORT
                + ", [v6]:port, unix:/path or the name of an endpoint");
    }

    /**
     * Whether an endpoint is the one that is meant. A name may be that of several.
     *
     * @param endpoint of a snapshot
     * @return true when its address, or its name, is the one of this reference
     */
    public boolean matches(EndpointDTO endpoint) {
        return isAddress ? endpoint.address.equalsIgnoreCase(text) : endpoint.name.equals(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EndpointRef that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that {@link #of} takes; the host in lower case. */
    @Override
    public String toString() {
        return text;
    }
}
