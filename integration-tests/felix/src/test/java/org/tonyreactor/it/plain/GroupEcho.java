package org.tonyreactor.it.plain;

import java.nio.ByteBuffer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;
import org.tonyreactor.protocol.Resumable;
import org.tonyreactor.reactor.Group;
import org.tonyreactor.reactor.Reactor;
import org.tonyreactor.transport.Peer;

/** An echo whose connections are in a group, and survive their bundle. */
public final class GroupEcho implements ProtocolFactory {
    /** The name of the group. */
    public static final String GROUP = "it";

    private final BundleContext context =
            FrameworkUtil.getBundle(GroupEcho.class).getBundleContext();

    @Override
    public Protocol buildProtocol(Peer peer) {
        Reactor reactor = context.getService(context.getServiceReference(Reactor.class));
        return new Member(reactor.group(GROUP));
    }

    private static final class Member extends Protocol implements Resumable {
        private final Group group;

        Member(Group group) {
            this.group = group;
        }

        @Override
        public void connectionMade() {
            group.add(transport());
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            group.write(data);
        }

        @Override
        public ByteBuffer suspend() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public void resume(ByteBuffer state) {}
    }
}
