package org.tonyreactor.internal.engine.accept;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.log.Log;

/**
 * Logs, once for each factory, that it gets no new connections because another one of its address takes all. Owner: the
 * acceptor.
 */
final class ShadowLog {
    private static final Log LOG = Log.named("org.tonyreactor.endpoint");

    private Set<FactoryBinding> told = Set.of();

    /** Checks which factories are shadowed now. */
    void update(Ranking ranking, Object address) {
        List<FactoryBinding> serving = ranking.serving();
        Set<FactoryBinding> shadowed = new LinkedHashSet<>();
        @Nullable FactoryBinding above = null;
        for (FactoryBinding each : serving) {
            if (above == null) {
                above = ranking.admittedPercent(each) == Ranking.ALL_PERCENT ? each : null;
            } else {
                shadowed.add(each);
                if (!told.contains(each)) {
                    LOG.info(
                            "{} of {} gets no new connections on {}: {} of {} ranks higher",
                            each,
                            each.rank().owner(),
                            address,
                            above,
                            above.rank().owner());
                }
            }
        }
        told = shadowed;
    }
}
