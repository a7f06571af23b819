package org.tonyreactor.reactor;

/** How one user of a {@link Group} writes to it. Two users of one group may write in different ways. Immutable. */
public final class GroupSettings {
    /** Every member gets everything, as far as its {@code reactor.output.max.bytes} allows. */
    public static final GroupSettings DEFAULTS = new GroupSettings(false);

    private final boolean skipsUnwritable;

    private GroupSettings(boolean skipsUnwritable) {
        this.skipsUnwritable = skipsUnwritable;
    }

    /**
     * Whether writes skip a member that is not writable ({@link org.tonyreactor.transport.Transport#isWritable}).
     *
     * @return true if such a member gets nothing until it is writable again, which {@link Group#skipped} counts; false
     *     if it gets everything, and is closed as a slow consumer if that is more than its output may hold
     */
    public boolean skipsUnwritable() {
        return skipsUnwritable;
    }

    /**
     * Returns these settings with another treatment of members that are not writable.
     *
     * @param skips see {@link #skipsUnwritable()}
     * @return the changed settings
     */
    public GroupSettings withSkipsUnwritable(boolean skips) {
        return new GroupSettings(skips);
    }

    @Override
    public String toString() {
        return "GroupSettings[skipsUnwritable=" + skipsUnwritable + "]";
    }
}
