package org.tonyreactor.internal.engine.binding;

/**
 * Whose a factory is and how it stands against others of the same address: the higher ranking wins, then the lower
 * service id, as everywhere in OSGi. Sorted with the winner first.
 *
 * @param ranking the service ranking; 0 for one that is no service
 * @param serviceId the id of the service; -1 for one that is no service
 * @param bundleId the id of the bundle that registered it; -1 for one that is no service
 */
public record Rank(int ranking, long serviceId, long bundleId) implements Comparable<Rank> {
    /** The rank of a factory that is no service. */
    public static final Rank NO_SERVICE = new Rank(0, -1, -1);

    @Override
    public int compareTo(Rank other) {
        int byRanking = Integer.compare(other.ranking, ranking);
        return byRanking != 0 ? byRanking : Long.compare(serviceId, other.serviceId);
    }
}
