package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tonyreactor.internal.engine.EngineFixture.eventually;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tonyreactor.internal.engine.binding.FactoryBinding;
import org.tonyreactor.internal.engine.binding.Rank;
import org.tonyreactor.internal.engine.connection.Groups;
import org.tonyreactor.internal.engine.wire.OverEveryWire;
import org.tonyreactor.internal.engine.wire.Wires;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.EndpointSettings.Output;
import org.tonyreactor.reactor.Group;
import org.tonyreactor.reactor.GroupSettings;
import org.tonyreactor.transport.CloseReason.Kind;
import org.tonyreactor.transport.Transport;

/** Groups: everything reaches each member, in order, also while the members' protocols are updated. */
@Timeout(60)
class GroupBehaviourTest {
    private static final int MEBI = 1 << 20;
    private static final GroupSettings SKIPPING = GroupSettings.DEFAULTS.withSkipsUnwritable(true);

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    private final ProtocolFixture factory = new ProtocolFixture();

    @OverEveryWire
    void writeReachesEachMemberInTheOrderOfTheCalls() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(2));
        Group group = group("all");
        List<ClientFixture> clients = members(group, 5);

        group.write("one ");
        group.write(bytes("two "));
        group.remove(factory.all().get(0).transport());
        group.write("three");

        assertEquals("one two ", clients.get(0).readText(8));
        for (ClientFixture client : clients.subList(1, 5)) {
            assertEquals("one two three", client.readText(13));
        }
        eventually(() -> group.size() == 4);
        assertEquals("all", group.name());
    }

    @OverEveryWire
    void groupsOfOneNameAreOneGroup() throws Exception {
        ClientFixture client = members(group("same"), 1).get(0);

        fixture.engine().newReactor().group("same").write("x");

        assertEquals("x", client.readText(1));
        assertEquals(1, group("same").size());
        assertEquals(0, group("another").size());
    }

    @OverEveryWire
    void oneMayBeLeftOut() throws Exception {
        Group group = group("chat");
        List<ClientFixture> clients = members(group, 3);
        Transport second = factory.all().get(1).transport();

        ByteBuffer text = bytes("hello");
        group.write(text, second);
        group.write("!");

        assertFalse(text.hasRemaining());
        assertEquals("hello!", clients.get(0).readText(6));
        assertEquals("!", clients.get(1).readText(1));
        assertEquals("hello!", clients.get(2).readText(6));
    }

    @OverEveryWire
    void writeOnTheWorkerStandsBetweenTheMembersOwnWrites() throws Exception {
        Group group = group("turns");
        factory.data((protocol, data) -> {
            protocol.take(data);
            group.add(protocol.transport());
            protocol.write("a");
            group.write("b");
            protocol.write("c");
        });

        ClientFixture client = fixture.connect(fixture.serve(factory)).send("x");

        assertEquals("abc", client.readText(3));
    }

    /** What other threads have asked of a member waits in its inbox: the worker's own calls queue up behind it, the group's too. */
    @OverEveryWire
    void writeOnTheWorkerGoesBehindWhatWaitsForTheMember() throws Exception {
        Group group = group("behind");
        ClientFixture client = members(group, 1).get(0);
        Transport member = factory.all().get(0).transport();

        member.execute(() -> {
            member.execute(() -> member.write(bytes("2")));
            member.write(bytes("1"));
            group.write("3");
            member.write(bytes("4"));
        });

        String read = client.readText(4);
        assertEquals("134", read.replace("2", ""), read);
    }

    @OverEveryWire
    void connectionThatEndsLeaves() throws Exception {
        Group group = group("leaving");
        List<ClientFixture> clients = members(group, 3);
        Group[] others = {group("b"), group("c")};
        for (Group each : others) {
            each.add(factory.all().get(1).transport());
        }
        eventually(() -> others[0].size() == 1 && others[1].size() == 1);

        clients.get(1).reset();

        eventually(() -> group.size() == 2);
        factory.all().get(1).awaitLost();
        assertEquals(0, others[0].size() + others[1].size());
        group.write("on");
        assertEquals("on", clients.get(0).readText(2));
        assertEquals("on", clients.get(2).readText(2));
    }

    @OverEveryWire
    void isEmptyBeforeItsLastMemberIsToldOfItsEnd() throws Exception {
        Group group = group("told");
        List<Integer> sizes = new ArrayList<>();
        factory.lost(protocol -> {
            sizes.add(group.size());
            group.add(protocol.transport());
            sizes.add(group.size());
        });
        ClientFixture client = members(group, 1).get(0);

        client.close();

        factory.all().get(0).awaitLost();
        assertEquals(List.of(0, 0), sizes);
        assertEquals(0, group.size());
    }

    @OverEveryWire
    void addingTwiceIsAddingOnceAndWhoHasEndedIsNotAdded() throws Exception {
        Group group = group("once");
        ClientFixture client = members(group, 1).get(0);
        Transport member = factory.all().get(0).transport();

        group.add(member);
        group.add(member);
        group.write("x");
        assertEquals("x", client.readText(1));
        eventually(() -> group.size() == 1);
        group.remove(member);
        group.remove(member);
        eventually(() -> group.size() == 0);
        client.close();
        factory.all().get(0).awaitLost();
        group.add(member);
        fixture.connect(fixture.serve(factory)).send("x"); // When this is served, the worker has had all calls.
        factory.next().awaitEvent("data");

        assertEquals(0, group.size());
    }

    @OverEveryWire
    void updateLosesNothingAndTheNextTransportIsTheSameMember() throws Exception {
        fixture.start(EngineFixture.ONE_WORKER.withWorkers(2));
        Group group = group("update");
        CounterFixture first = new CounterFixture("a");
        CounterFixture second = new CounterFixture("b");
        first.made(protocol -> group.add(protocol.transport()));
        FactoryBinding old = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, first);
        List<ClientFixture> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(fixture.connect(old));
        }
        eventually(() -> group.size() == 4);
        StringBuilder written = new StringBuilder();
        write(group, written, "before,", 10);

        assertTrue(fixture.engine().closeForSuccessor(List.of(old)));
        write(group, written, "held,", 10);
        fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, second);
        write(group, written, "after,", 10);

        for (ClientFixture client : clients) {
            assertEquals(written.toString(), client.readText(written.length()));
        }
        eventually(() -> second.all().size() == 4);
        assertEquals(4, group.size());
        group.remove(second.all().get(0).transport());
        group.remove(first.all().stream()
                .filter(each ->
                        each.transport().id() == second.all().get(1).transport().id())
                .findFirst()
                .orElseThrow()
                .transport());
        eventually(() -> group.size() == 2);
    }

    @OverEveryWire
    void memberThatIsSuspendedMayBeAdded() throws Exception {
        Group group = group("suspended");
        CounterFixture first = new CounterFixture("a");
        FactoryBinding old = fixture.engine().bind(EndpointSettings.DEFAULTS, Rank.NO_SERVICE, first);
        ClientFixture client = fixture.connect(old).send("x.");
        assertEquals("a1x", client.readText(3));
        assertTrue(fixture.engine().closeForSuccessor(List.of(old)));

        group.add(first.all().get(0).transport());
        group.write("joined");

        assertEquals("joined", client.readText(6));
        assertEquals(1, group.size());
    }

    @OverEveryWire
    void memberThatDoesNotReadIsASlowConsumerAtItsBound() throws Exception {
        Group group = group("slow");
        ClientFixture reader =
                members(marks(MEBI, MEBI / 2, 2 * MEBI), group, 2).get(1);
        byte[] data = random(MEBI);

        for (int i = 0; i < 100 && group.size() == 2; i++) { // How much the kernel takes varies.
            group.write(ByteBuffer.wrap(data));
            assertArrayEquals(data, reader.read(data.length));
        }

        assertEquals(Kind.SLOW_CONSUMER, factory.all().get(0).awaitLost().kind());
        assertEquals(0, group.skipped());
        assertFalse(factory.all().get(1).isLost());
    }

    @OverEveryWire
    void memberThatIsNotWritableIsPassedOverUntilItIsAgain() throws Exception {
        Group group = fixture.engine().newReactor().group("ticker", SKIPPING);
        ClientFixture client = members(marks(1_000, 500, 64 * MEBI), group, 1).get(0);
        Transport member = factory.all().get(0).transport();
        int volume = fixture.fitting(16 * MEBI);
        member.write(ByteBuffer.wrap(new byte[volume]));
        eventually(() -> !member.isWritable()); // For a moment the worker has the bytes in its hands.

        group.write("lost");
        group.write("lost");
        eventually(() -> group.skipped() == 2);
        client.read(volume);
        eventually(member::isWritable);
        group.write("seen");

        assertEquals("seen", client.readText(4));
        assertEquals(2, group.skipped());
    }

    @OverEveryWire
    void transportThatIsNotOfThisEngineIsRefused() throws Exception {
        Group group = group("strict");
        members(group, 1);
        Transport ours = factory.all().get(0).transport();
        Transport doubled = (Transport) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> null);
        Group others = fixture.start(EngineFixture.ONE_WORKER).newReactor().group("strict");

        for (Group each : List.of(group, others)) {
            Transport foreign = each == group ? doubled : ours;
            assertThrows(IllegalArgumentException.class, () -> each.add(foreign));
            assertThrows(IllegalArgumentException.class, () -> each.remove(foreign));
            assertThrows(IllegalArgumentException.class, () -> each.write(bytes("x"), foreign));
        }
    }

    /** Sixty-four MiB wait for a worker that is held up; what follows is too much. */
    @Test
    void whatWaitsForAWorkerIsBounded() throws Exception {
        Group group = group("bounded");
        Group ticker = fixture.engine().newReactor().group("bounded", SKIPPING);
        members(group, 2);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        factory.all().get(0).transport().execute(() -> {
            begun.countDown();
            try {
                EngineFixture.await(goOn);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        EngineFixture.await(begun);

        byte[] data = new byte[MEBI];
        for (long waiting = 0; waiting < Groups.WAITING_BYTES; waiting += MEBI) {
            ticker.write(ByteBuffer.wrap(data));
        }
        assertEquals(0, ticker.skipped());
        ticker.write(bytes("x"));
        assertEquals(2, ticker.skipped());
        group.write(bytes("x"));
        group.write(bytes("y"));
        goOn.countDown();

        for (ProtocolFixture.Recorded each : factory.all()) {
            assertEquals(Kind.SLOW_CONSUMER, each.awaitLost().kind());
        }
    }

    /** However many members keep what their sockets do not take, they keep one copy of it. */
    @Test
    void membersShareOneCopy() throws Exception {
        try (SteppedFixture stepped = new SteppedFixture(1, Wires.MEMORY)) {
            Group group = stepped.engine().newReactor().group("shared");
            factory.made(protocol -> group.add(protocol.transport()));
            FactoryBinding binding = stepped.bind(marks(64 * MEBI, MEBI, 64 * MEBI), Rank.NO_SERVICE, factory);
            for (int i = 0; i < 12; i++) { // Of the pool's sixteen.
                stepped.connect(binding);
            }
            stepped.settle();
            assertEquals(12, group.size());
            ByteBuffer data = ByteBuffer.allocate(MEBI);
            group.write(data.clear()); // Their pipes are full now.
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

            long before = threads.getCurrentThreadAllocatedBytes();
            group.write(data.clear());
            stepped.step();
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertTrue(allocated < 2L * MEBI, allocated + " bytes for 12 members");
        }
    }

    /** Names that peers have made up cost nothing once their members have gone. */
    @OverEveryWire
    void nameIsForgottenWithTheLastMember() throws Exception {
        String name = new String("made up by a peer");
        WeakReference<String> kept = new WeakReference<>(name);
        Group group = group(name);
        members(group, 1).get(0).close();
        factory.all().get(0).awaitLost();
        assertEquals(0, group.size());
        group = null;
        name = null;

        for (int i = 0; i < 100 && kept.get() != null; i++) { // A collection may come late.
            System.gc();
        }
        assertNull(kept.get());
    }

    private Group group(String name) throws IOException {
        return fixture.engine().newReactor().group(name);
    }

    private List<ClientFixture> members(Group group, int count) throws Exception {
        return members(EndpointSettings.DEFAULTS, group, count);
    }

    /** Clients whose connections, in the order of the factory's protocols, are members. */
    private List<ClientFixture> members(EndpointSettings settings, Group group, int count) throws Exception {
        FactoryBinding binding = fixture.serve(settings, factory);
        List<ClientFixture> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(fixture.connect(binding));
            ProtocolFixture.Recorded protocol = factory.next();
            protocol.awaitEvent("made");
            group.add(protocol.transport());
        }
        eventually(() -> group.size() == count);
        return clients;
    }

    private static void write(Group group, StringBuilder written, String word, int times) {
        String all = IntStream.range(0, times).mapToObj(i -> word + i).collect(Collectors.joining());
        for (int i = 0; i < times; i++) {
            group.write(word + i);
        }
        written.append(all);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(4711).nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static EndpointSettings marks(long highBytes, long lowBytes, long maxBytes) {
        return EndpointSettings.DEFAULTS.withOutput(
                Output.DEFAULTS.withHighBytes(highBytes).withLowBytes(lowBytes).withMaxBytes(maxBytes));
    }
}
