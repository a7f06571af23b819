package org.tonyreactor.runtime;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.runtime.dto.EndpointDTO;

/**
 * Names an endpoint: by its address, or by its name if only one address has that name. Immutable; any thread. A reference
 * may be kept, because it refers to no engine: the method that gets it looks for the endpoint.
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
     * Reads a text that a person has written.
     *
     * @param text {@code host:port}, {@code [v6]:port} or {@code unix:/path}, as in {@link EndpointDTO#address}; else a
     *     name, as in {@link EndpointDTO#name}. A text with a colon is an address, so an endpoint whose name has a
     *     colon is found only by its address. Blanks around the text are ignored.
     * @return the reference
     * @throws IllegalArgumentException if the text is empty, or has a colon and is no address; the message says what to
     *     write
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
     * Whether this reference names an endpoint. Several endpoints may have the same name.
     *
     * @param endpoint an endpoint of a snapshot
     * @return true if its address, or its name, is that of this reference
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
