package org.tonyreactor.protocol;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a protocol answers that has nothing to finish before it is suspended. */
final class Quiet {
    /** Done for ever; one for all, so that the engine knows it at a glance. */
    static final CompletionStage<?> ALREADY = CompletableFuture.completedStage(null);

    private Quiet() {}
}
