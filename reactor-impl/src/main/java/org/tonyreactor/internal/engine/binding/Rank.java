package org.tonyreactor.internal.engine.binding;

/**
 * The owner of a factory, and its rank among the factories of the same address: the higher ranking wins, then the lower
 * service id, as everywhere in OSGi. The natural order has the winner first.
 *
 * @param ranking the service ranking; 0 for a factory that is no service
 * @param serviceId the id of the service; -1 for a factory that is no service
 * @param bundleId the id of the bundle that registered it; -1 for a factory that is no service
 * @param bundleVersion the version of that bundle, for the log; empty when it is not known
 */
public record Rank(int ranking, long serviceId, long bundleId, String bundleVersion) implements Comparable<Rank> {
    /** The rank of a factory that is no service. */
    public static final Rank NO_SERVICE = new Rank(0, -1, -1);

    /** The rank of a factory of a bundle whose version is not known. */
    public Rank(int ranking, long serviceId, long bundleId) {
        this(ranking, serviceId, bundleId, "");
    }

    /** Whose the factory is, in the log. */
    public String owner() {
        if (serviceId < 0) {
            return "a listening port that is no service";
        }
        return "bundle " + bundleId + (bundleVersion.isEmpty() ? "" : " version " + bundleVersion);
    }

    @Override
    public int compareTo(Rank other) {
        int byRanking = Integer.compare(other.ranking, ranking);
        return byRanking != 0 ? byRanking : Long.compare(serviceId, other.serviceId);
    }
}
