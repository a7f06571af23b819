package org.tonyreactor.it.felix;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.tonyreactor.runtime.EndpointRef;
import org.tonyreactor.runtime.ReactorAdmin;
import org.tonyreactor.runtime.dto.ConnectionListDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.runtime.dto.WorkerDTO;

/** A bundle blocks a worker: the operator is told which, by whom and where, and never what is not so. */
public class StuckWorkerIT extends ReactorExam {
    @Rule
    public final Deployment deployment = new Deployment();

    @Test
    public void isToldToTheOperatorAndLetsGo() throws Exception {
        Bundle blocker = deployment.start("blocker", ProtocolJar.blocking("blocker"));
        ReactorAdmin admin = context.getService(context.getServiceReference(ReactorAdmin.class));
        try (LineClient client = new LineClient(runtime.awaitPort(blocker))) {
            client.send("x");

            WorkerDTO stuck = heldUp(runtime.await("a worker that is held up", now -> heldUp(now) != null));

            assertEquals(blocker.getBundleId(), stuck.heldUpBundleId);
            assertEquals("blocker", stuck.heldUpEndpoint);
            assertTrue(stuck.heldUpMillis >= 1_000);
            assertTrue(
                    List.of(stuck.heldUpStack).toString(),
                    Stream.of(stuck.heldUpStack).anyMatch(frame -> frame.contains("Blocker$Blocking.waitOnPurpose")));
            ConnectionListDTO list = admin.getConnectionListDTO();
            assertArrayEquals(new String[] {stuck.thread}, list.missingThreads);
            assertEquals(0, list.connectionDTOs.length);
            String said = "not answered in time by " + stuck.thread + ", which does it when it goes on";
            assertEquals(
                    said,
                    assertThrows(IllegalStateException.class, () -> admin.closeConnection(1))
                            .getMessage());
            assertEquals(
                    said,
                    assertThrows(IllegalStateException.class, () -> admin.close(EndpointRef.of("blocker")))
                            .getMessage());

            release(blocker);

            runtime.await("no worker that is held up", now -> heldUp(now) == null);
            assertEquals(0, admin.getConnectionListDTO().missingThreads.length);
        }
    }

    private static WorkerDTO heldUp(RuntimeDTO now) {
        return Stream.of(now.workerDTOs)
                .filter(each -> each.heldUpMillis > 0)
                .findFirst()
                .orElse(null);
    }

    private void release(Bundle blocker) {
        for (ServiceReference<?> each : blocker.getRegisteredServices()) {
            if (context.getService(each) instanceof Runnable latch) {
                latch.run();
            }
        }
    }
}
