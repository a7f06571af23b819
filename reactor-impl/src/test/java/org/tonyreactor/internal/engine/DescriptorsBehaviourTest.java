package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When the process has no descriptors left. The server runs in a process of its own, which may open only a few. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class DescriptorsBehaviourTest {
    private static final int WAITING = 20;
    private static final int REFUSED = 7;

    @RegisterExtension
    final EngineFixture fixture = new EngineFixture();

    @Test
    void acceptingWithoutDescriptorsDoesNotSpinAndRecovers() throws Exception {
        Process server = ChildServerFixture.start();
        try (BufferedReader output = server.inputReader()) {
            exhaustAndRecover(server, Integer.parseInt(output.readLine()));
        } finally {
            server.getOutputStream().close(); // Ends it.
            assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        }
        assertEquals(0, server.exitValue());
    }

    private void exhaustAndRecover(Process server, int port) throws IOException {
        List<ClientFixture> served = connectUntilRefused(port);
        assertTrue(served.size() > 20, served.size() + " were served");

        Duration cpuBefore = cpuTime(server);
        long startNanos = System.nanoTime();
        List<ClientFixture> waiting = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            waiting.add(fixture.connect(port));
        }
        int asked = 0;
        for (int refused = 0; refused < REFUSED; asked++) {
            // The JVM itself opens files now and then: a peer that is served had a descriptor which was only lent.
            refused += waiting.get(asked).isEchoed() ? 0 : 1;
        }
        long elapsedNanos = System.nanoTime() - startNanos;
        long cpuNanos = cpuTime(server).minus(cpuBefore).toNanos();

        assertTrue(cpuNanos < elapsedNanos * 6 / 10, cpuNanos + " ns of CPU in " + elapsedNanos + " ns");
        assertEquals("on", served.get(0).send("on").readText(2));
        for (int i = 0; i < WAITING; i++) {
            served.get(i).close();
        }
        for (ClientFixture client : waiting.subList(asked + 1, WAITING)) {
            assertEquals("in", client.send("in").readText(2));
        }
        assertEquals("new", fixture.connect(port).send("new").readText(3));
    }

    private List<ClientFixture> connectUntilRefused(int port) throws IOException {
        List<ClientFixture> served = new ArrayList<>();
        while (true) {
            ClientFixture client = fixture.connect(port);
            if (!client.isEchoed()) {
                return served;
            }
            served.add(client);
        }
    }

    private static Duration cpuTime(Process server) {
        return server.toHandle().info().totalCpuDuration().orElseThrow();
    }
}
