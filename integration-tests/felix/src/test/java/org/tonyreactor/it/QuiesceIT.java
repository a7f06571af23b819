package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.tonyreactor.runtime.dto.EndpointDTO;

/** A bundle is updated while its protocols work at something that other threads do. */
class QuiesceIT {
    @RegisterExtension
    static final FelixFixture FELIX = new FelixFixture();

    private static final int PEERS = 50;

    @TempDir
    Path folder;

    @Test
    void updateWaitsForWhatIsUnderWayAndNobodyLosesAnAnswer() throws Exception {
        Bundle bundle = FELIX.startPacked("quiescing", "Work");
        int port = FELIX.awaitPort(FELIX.serviceIdOf(bundle), EndpointDTO.STATE_BOUND);
        String old = bundle.getVersion().toString();
        Object work = FELIX.context().getService(bundle.getRegisteredServices()[0]);
        Queue<CompletableFuture<String>> underWay = underWay(work);
        AtomicInteger asked = (AtomicInteger) Fields.get(work, "asked");
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            Client client = Client.connect(port);
            clients.add(client);
            assertEquals(old + " 1", client.ask("count"));
            client.send("begin\n");
        }
        FelixFixture.await("the work", () -> underWay.size() == PEERS);
        Path newer = NewerVersion.of(Path.of(URI.create(bundle.getLocation())), "2.0.0", folder);

        CompletableFuture<Void> update = CompletableFuture.runAsync(() -> update(bundle, newer));
        FelixFixture.await("all to be asked", () -> asked.get() == PEERS);
        clients.forEach(client -> client.send("count\n"));
        assertFalse(update.isDone(), "stop waits for what is under way");
        underWay.forEach(each -> each.complete("finished"));
        update.get(10, TimeUnit.SECONDS);

        for (Client client : clients) {
            assertEquals("finished", client.readLine());
            assertEquals("2.0.0 3", client.readLine());
            client.close();
        }
    }

    @SuppressWarnings("unchecked")
    private static Queue<CompletableFuture<String>> underWay(Object work) {
        return (Queue<CompletableFuture<String>>) Fields.get(work, "underWay");
    }

    private static void update(Bundle bundle, Path newer) {
        try (InputStream jar = Files.newInputStream(newer)) {
            bundle.update(jar);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
