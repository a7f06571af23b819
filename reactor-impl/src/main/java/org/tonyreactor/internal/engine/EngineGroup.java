package org.tonyreactor.internal.engine;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.tonyreactor.internal.engine.connection.GroupWrite;
import org.tonyreactor.internal.engine.connection.Groups;
import org.tonyreactor.internal.engine.connection.LeasedTransport;
import org.tonyreactor.internal.engine.connection.WorkerGroup;
import org.tonyreactor.reactor.Group;
import org.tonyreactor.reactor.GroupSettings;
import org.tonyreactor.transport.Transport;

/** A group by its name. Each worker knows which of its own connections are members. Any thread. */
final class EngineGroup implements Group {
    private final String name;
    private final GroupSettings settings;
    private final WorkerGroup workers;
    private final LongAdder skipped = new LongAdder();

    EngineGroup(String name, GroupSettings settings, WorkerGroup workers) {
        this.name = name;
        this.settings = settings;
        this.workers = workers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return workers.sizeOf(name);
    }

    @Override
    public long skipped() {
        return skipped.sum();
    }

    @Override
    public void add(Transport member) {
        LeasedTransport ours = ours(member, "member");
        groupsOf(ours, "member").add(name, ours);
    }

    @Override
    public void remove(Transport member) {
        LeasedTransport ours = ours(member, "member");
        groupsOf(ours, "member").remove(name, ours);
    }

    @Override
    public void write(ByteBuffer data) {
        write(data, GroupWrite.NOBODY);
    }

    @Override
    public void write(CharSequence text) {
        write(StandardCharsets.UTF_8.encode(CharBuffer.wrap(text)));
    }

    @Override
    public void write(ByteBuffer data, Transport except) {
        LeasedTransport ours = ours(except, "except");
        Groups unused = groupsOf(ours, "except");
        write(data, ours.id());
    }

    private void write(ByteBuffer data, long exceptId) {
        if (data.hasRemaining()) {
            workers.write(name, new GroupWrite(data, exceptId, settings.skipsUnwritable(), skipped));
        }
    }

    private static LeasedTransport ours(Transport given, String what) {
        if (Objects.requireNonNull(given, what) instanceof LeasedTransport leased) {
            return leased;
        }
        throw new IllegalArgumentException(what + " must be a transport of this engine, got "
                + given.getClass().getName());
    }

    private Groups groupsOf(LeasedTransport ours, String what) {
        Groups groups = workers.groupsOf(ours);
        if (groups == null) {
            throw new IllegalArgumentException(what + " must be a transport of this engine, got one of another");
        }
        return groups;
    }

    @Override
    public String toString() {
        return "group " + name;
    }
}
