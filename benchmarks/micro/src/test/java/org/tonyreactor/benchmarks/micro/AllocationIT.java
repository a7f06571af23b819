package org.tonyreactor.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The message path allocates nothing, as JMH counts it in a virtual machine of its own; the command as people run it. */
@Timeout(120)
class AllocationIT {
    /**
     * JMH counts the allocation of all threads and divides it by the operations, so what it allocates for itself, some
     * kilobytes for each iteration, is in the figure. The smallest object has 16 bytes: a path that allocates one for
     * each message is at 16 or more, and one that allocates none is below half of that even where a busy machine gets
     * no more than a thousand operations into an iteration. AllocationBehaviourTest has the exact figure.
     */
    private static final double TOLERATED_BYTES = 8;

    @TempDir
    Path folder;

    @Test
    void readWriteAndEchoAllocateNothing() throws Exception {
        Path json = folder.resolve("micro.json");
        Process jmh = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("micro.jar"),
                        "PathBenchmark.(read|write|echo)$|EchoBenchmark.engine$",
                        "-f",
                        "1",
                        "-wi",
                        "1",
                        "-i",
                        "2",
                        "-w",
                        "1",
                        "-r",
                        "1",
                        "-p",
                        "messages=64x1,64x16",
                        "-prof",
                        "gc",
                        "-foe",
                        "true",
                        "-rf",
                        "json",
                        "-rff",
                        json.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("jmh.log").toFile())
                .start();
        boolean ended = jmh.waitFor(90, TimeUnit.SECONDS);
        jmh.descendants().forEach(ProcessHandle::destroyForcibly);
        jmh.destroyForcibly();
        assertTrue(ended, "JMH has not ended");
        assertEquals(0, jmh.exitValue(), Files.readString(folder.resolve("jmh.log")));

        Map<String, Double> bytes = new TreeMap<>();
        for (JsonElement each : JsonParser.parseString(Files.readString(json)).getAsJsonArray()) {
            JsonObject run = each.getAsJsonObject();
            JsonObject allocated = run.getAsJsonObject("secondaryMetrics").getAsJsonObject("gc.alloc.rate.norm");
            bytes.put(
                    run.get("benchmark").getAsString() + run.get("params"),
                    allocated.get("score").getAsDouble());
        }

        assertEquals(5, bytes.size(), bytes::toString);
        bytes.values().removeIf(each -> each < TOLERATED_BYTES);
        assertEquals(Map.of(), bytes);
    }
}
