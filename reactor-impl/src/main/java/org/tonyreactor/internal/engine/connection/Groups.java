package org.tonyreactor.internal.engine.connection;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.Inbox;

/**
 * One worker's part of all groups: for each group with members on this worker, a list of them. A list goes with its
 * last member, so names cost nothing.
 *
 * <p>Owner: the worker. This object is also the {@link Inbox} for the calls of other threads, which keep their order.
 * The worker's own calls take effect at once, so a write to a group stands between the writes of a protocol before and
 * after it. Bounds: {@link #WAITING_CALLS} and {@link #WAITING_BYTES}.
 */
public final class Groups extends Inbox {
    /** How many calls of other threads may wait. */
    static final int WAITING_CALLS = 1 << 20;
    /** How many bytes of what other threads write to groups may wait. */
    public static final long WAITING_BYTES = 64L << 20;

    private final Worker worker;
    /** Any thread may look up a list; the worker alone puts and removes them. */
    private final Map<String, MemberList> lists = new ConcurrentHashMap<>();

    Groups(Worker worker) {
        super(worker.loop());
        this.worker = worker;
        loop.missedInboxes().keep(this);
    }

    // For any thread.

    /** Makes a connection a member, unless it is one, or has ended. */
    public void add(String group, LeasedTransport member) {
        if (loop.inLoop()) {
            onAdd(group, member);
        } else {
            pushCall(() -> onAdd(group, member));
        }
    }

    /** Ends a membership, if there is one. */
    public void remove(String group, LeasedTransport member) {
        if (loop.inLoop()) {
            onRemove(group, member);
        } else {
            pushCall(() -> onRemove(group, member));
        }
    }

    private void pushCall(Runnable call) {
        if (!push(call, 0, WAITING_CALLS, Long.MAX_VALUE) && !isSealed()) {
            throw new IllegalStateException("more than " + WAITING_CALLS + " calls wait for " + loop.name());
        }
    }

    /** Writes to all members that the worker has. */
    public void write(String group, GroupWrite written) {
        if (loop.inLoop()) {
            onWrite(group, written);
        } else if (!push(() -> onWrite(group, written), written.bytes(), WAITING_CALLS, WAITING_BYTES)) {
            miss(group, written);
        }
    }

    private void miss(String group, GroupWrite missed) {
        MemberList members = lists.get(group);
        if (members != null && missed.skipsUnwritable()) {
            missed.skip(members.size());
        } else if (members != null) {
            change(new Missed(Set.of(group)));
        }
    }

    /** How many members the worker has. */
    public int size(String group) {
        MemberList members = lists.get(group);
        return members == null ? 0 : members.size();
    }

    // On the worker.

    private void onAdd(String group, LeasedTransport transport) {
        loop.assertOwner();
        ServedStream member = worker.connectionOf(transport);
        if (member == null || member.membership(group) != null) {
            return;
        }
        long needed = Membership.MEMORY_BYTES;
        if (!lists.containsKey(group)) {
            needed += MemberList.memoryBytes(group);
        }
        if (member.reserve(needed)) {
            Membership added = new Membership(member, lists.computeIfAbsent(group, MemberList::new));
            added.list().link(added);
            member.link(added);
        }
    }

    private void onRemove(String group, LeasedTransport transport) {
        loop.assertOwner();
        ServedStream member = worker.connectionOf(transport);
        Membership ended = member == null ? null : member.membership(group);
        if (member != null && ended != null) {
            member.unlink(ended);
            leave(ended);
        }
    }

    private void onWrite(String group, GroupWrite written) {
        loop.assertOwner();
        MemberList members = lists.get(group);
        if (members != null) {
            members.write(written, loop.memory());
        }
    }

    /** A connection has ended: it is in no group any more. */
    void removeAll(@Nullable Membership first) {
        loop.assertOwner();
        for (Membership each = first; each != null; each = each.nextOfMember) {
            leave(each);
        }
    }

    private void leave(Membership ended) {
        MemberList left = ended.list();
        left.unlink(ended);
        loop.memory().release(Membership.MEMORY_BYTES);
        if (left.size() == 0 && lists.remove(left.group, left)) {
            loop.memory().release(left.memoryBytes);
        }
    }

    /** An Error may have torn the lists: they are made anew from what the connections of the worker know. */
    void rebuild(@Nullable Connection first) {
        loop.assertOwner();
        lists.clear();
        for (Connection each = first; each != null; each = each.next) {
            for (Membership kept = each.memberships(); kept != null; kept = kept.nextOfMember) {
                kept.moveTo(lists.computeIfAbsent(kept.list().group, MemberList::new));
                kept.list().link(kept);
            }
        }
    }

    /** Writes to these groups have found no room: members that must get everything cannot continue. */
    private final class Missed implements Change {
        private final Set<String> groups;

        Missed(Set<String> groups) {
            this.groups = groups;
        }

        @Override
        public Change over(Change earlier) {
            Set<String> all = new HashSet<>(groups);
            all.addAll(((Missed) earlier).groups);
            return new Missed(all);
        }

        @Override
        public void run() {
            for (String group : groups) {
                MemberList members = lists.get(group);
                if (members != null) {
                    members.failSlowly();
                }
            }
        }
    }
}
