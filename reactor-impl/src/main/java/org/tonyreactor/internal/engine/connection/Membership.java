package org.tonyreactor.internal.engine.connection;

import org.jspecify.annotations.Nullable;

/**
 * The membership of a connection in a group: a link of two lists, the group's members and the connection's groups.
 * Owner: the worker.
 */
final class Membership {
    static final long MEMORY_BYTES = 40;

    final ServedStream member;
    private MemberList list;

    // The neighbours among the members of the group.
    @Nullable
    Membership previous;

    @Nullable
    Membership next;

    /** The next group of the same connection. */
    @Nullable
    Membership nextOfMember;

    Membership(ServedStream member, MemberList list) {
        this.member = member;
        this.list = list;
    }

    MemberList list() {
        return list;
    }

    void moveTo(MemberList other) {
        list = other;
    }
}
