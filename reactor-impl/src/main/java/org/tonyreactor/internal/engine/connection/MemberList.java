package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;
import org.tonyreactor.internal.engine.loop.Doing;
import org.tonyreactor.internal.engine.loop.LoopMemory;
import org.tonyreactor.transport.CloseReason.Kind;

/** The members of one group on one worker. Owner: the worker; any thread may ask for the size. */
final class MemberList {
    private static final long MEMORY_BYTES = 160;

    final String group;
    private @Nullable Membership first;
    private volatile int size;
    /** What it occupies with its name, without members. */
    final long memoryBytes;

    MemberList(String group) {
        this.group = group;
        this.memoryBytes = memoryBytes(group);
    }

    static long memoryBytes(String group) {
        return MEMORY_BYTES + 2L * group.length();
    }

    int size() {
        return size;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // By the worker only.
    void link(Membership added) {
        Membership head = first;
        added.previous = null;
        added.next = head;
        if (head != null) {
            head.previous = added;
        }
        first = added;
        size++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // By the worker only.
    void unlink(Membership removed) {
        Membership before = removed.previous;
        Membership after = removed.next;
        if (before != null) {
            before.next = after;
        } else {
            first = after;
        }
        if (after != null) {
            after.previous = before;
        }
        size--;
    }

    void write(GroupWrite written, LoopMemory memory) {
        SharedBytes shared = written.shared(memory);
        for (Membership each = first; each != null; each = each.next) {
            if (each.member.id() == written.exceptId()) {
                continue;
            }
            try {
                write(written, shared, each.member);
            } catch (RuntimeException | Error e) { // The others get it.
                each.member.lose(Doing.WRITE, e);
            }
        }
    }

    private static void write(GroupWrite written, SharedBytes shared, ServedStream member) {
        if (written.skipsUnwritable() && !member.isWritable()) {
            written.skip(1);
        } else {
            member.send(shared);
        }
    }

    /** More waits for the worker than may, so that its members cannot get everything. */
    void failSlowly() {
        for (Membership each = first; each != null; each = each.next) {
            each.member.abort(Kind.SLOW_CONSUMER);
        }
    }
}
