package org.tonyreactor.benchmarks.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of the bundle that this class was loaded from. */
final class LedgerVersion {
    /** Read from a resource that each bundle has another one of, so that it tells the class loader. */
    static final int CURRENT = read();

    private LedgerVersion() {}

    private static int read() {
        try (InputStream version = LedgerVersion.class.getResourceAsStream("version")) {
            if (version == null) {
                throw new IllegalStateException("no version: this class was not loaded from a packed bundle");
            }
            return Integer.parseInt(new String(version.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
