package org.tonyreactor.benchmarks.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TimerChartsTest {
    private static final String HEADER = "name,jdk,score,error,unit,B/op";
    private static final Pattern ELEMENT =
            Pattern.compile("class=\"(f\\d)\" transform=\"translate\\(([\\d.]+),|<text[^>]*>([^<]*)<");

    @Test
    void eachWorkHasALineForEachJdkWithAMarkForEachHost() {
        String svg = pictures(
                        "TimerFire.wheel pending=0,17.0.1,10.0,0.1,ns/op,48.0",
                        "TimerFire.nettyLoop pending=0,17.0.1,100.0,0.1,ns/op,48.0",
                        "TimerFire.wheel pending=0,25.0.1,20.0,0.1,ns/op,48.0",
                        "TimerCancel.executorNextTurn pending=1000000,17.0.1,50.0,0.1,ns/op,96.0",
                        "TimerCancel.nettyWheelInTurn pending=0,17.0.1,50.0,0.1,ns/op,64.0")
                .get("timers.svg");

        assertEquals(
                List.of(
                        "add, cancel",
                        "JDK 17.0.1",
                        "f2 502.7",
                        "add, turn, cancel, with others",
                        "JDK 17.0.1",
                        "f3 502.7",
                        "add, fire",
                        "JDK 17.0.1",
                        "f1 590.0",
                        "f0 300.0",
                        "JDK 25.0.1",
                        "f0 387.3"),
                between("ns", "f0 618.0", elements(svg)));
    }

    @Test
    void legendNamesEveryHost() {
        List<String> elements =
                elements(pictures("TimerBytes.wheel,17.0.1,48.0,0.0,B,").get("timer-bytes.svg"));

        assertEquals(
                List.of(
                        "f0 618.0",
                        "this wheel",
                        "f1 618.0",
                        "Netty's event loop",
                        "f2 618.0",
                        "Netty's wheel",
                        "f3 618.0",
                        "JDK's executor"),
                elements.subList(elements.size() - 8, elements.size()));
    }

    @Test
    void bytesBeginAtZeroAndThoseBelowHaveNoMark() {
        Map<String, String> pictures = pictures(
                "TimerBytes.wheel,17.0.1,50.0,0.0,B,",
                "TimerBytes.nettyWheel,17.0.1,-48.6,0.0,B,",
                "TimerBytes.executor,17.0.1,100.0,0.0,B,");

        assertEquals(List.of("timer-bytes.svg"), List.copyOf(pictures.keySet()));
        assertEquals(
                List.of("pending timer", "JDK 17.0.1", "f3 590.0", "f0 445.0"),
                between("bytes", "f0 618.0", elements(pictures.get("timer-bytes.svg"))));
    }

    @Test
    void otherPartsHaveNoPicture() {
        assertTrue(pictures("Mailbox.postAndPoll,17.0.1,5.0,0.1,ns/op,0.0").isEmpty());
    }

    @Test
    void lineOfWhichNothingIsToldIsLeftOut() {
        String svg =
                pictures("TimerFire.wheel pending=0,17.0.1,10.0,0.1,ns/op,48.0").get("timers.svg");

        assertFalse(svg.contains("add, turn"), svg);
    }

    private static Map<String, String> pictures(String... figures) {
        return new TimerCharts(
                        Stream.concat(Stream.of(HEADER), Stream.of(figures)).toList())
                .all();
    }

    /** The words of the picture, and its marks with their places, as they are drawn. */
    private static List<String> elements(String svg) {
        return ELEMENT.matcher(svg).results().map(TimerChartsTest::element).toList();
    }

    private static String element(MatchResult found) {
        return found.group(1) == null ? found.group(3) : found.group(1) + " " + found.group(2);
    }

    private static List<String> between(String before, String behind, List<String> elements) {
        return elements.subList(elements.indexOf(before) + 1, elements.indexOf(behind));
    }
}
