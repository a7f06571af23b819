package org.tonyreactor.internal.engine.wire.proxy;

/** The versions of the PROXY protocol that a reader takes. */
public enum ProxyVersions {
    V1(true, false),
    V2(false, true),
    ANY(true, true);

    private final boolean takesText;
    private final boolean takesBinary;

    ProxyVersions(boolean takesText, boolean takesBinary) {
        this.takesText = takesText;
        this.takesBinary = takesBinary;
    }

    boolean takesText() {
        return takesText;
    }

    boolean takesBinary() {
        return takesBinary;
    }
}
