package org.tonyreactor.internal.engine.wire.proxy;

import java.io.IOException;

/** What a peer has sent in place of a header of the PROXY protocol. Its message is one line. */
public final class ProxyException extends IOException {
    private static final long serialVersionUID = 1;

    ProxyException(String message) {
        super("PROXY protocol: " + message);
    }
}
