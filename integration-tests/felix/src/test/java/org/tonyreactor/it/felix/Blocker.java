package org.tonyreactor.it.felix;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.tonyreactor.protocol.Protocol;
import org.tonyreactor.protocol.ProtocolFactory;

/**
 * All of a protocol bundle that does what no protocol may: its callbacks wait, until its service of the type {@link Runnable}
 * is run.
 */
public final class Blocker implements BundleActivator {
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void start(BundleContext context) {
        context.registerService(
                ProtocolFactory.class,
                peer -> new Blocking(released),
                FrameworkUtil.asDictionary(
                        Map.of("reactor.name", "blocker", "reactor.port", 0, "reactor.hold.timeout.millis", 0)));
        context.registerService(Runnable.class, released::countDown, null);
    }

    @Override
    public void stop(BundleContext context) {
        released.countDown();
    }

    private static final class Blocking extends Protocol {
        private final CountDownLatch released;

        Blocking(CountDownLatch released) {
            this.released = released;
        }

        @Override
        public void dataReceived(ByteBuffer data) throws InterruptedException {
            waitOnPurpose();
            write(data);
        }

        private void waitOnPurpose() throws InterruptedException {
            released.await(60, TimeUnit.SECONDS);
        }
    }
}
