package org.tonyreactor.protocol;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The answer of a protocol that has nothing to finish before it is suspended. */
final class Quiet {
    /** Always done. It is one object for all protocols, so that the engine recognises it. */
    static final CompletionStage<?> ALREADY = CompletableFuture.completedStage(null);

    private Quiet() {}
}
