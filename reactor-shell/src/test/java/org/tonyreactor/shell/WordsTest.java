package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void writesBytesInFiveCharactersAtMost() {
        assertEquals("0", Words.bytes(0));
        assertEquals("1023", Words.bytes(1023));
        assertEquals("1.5K", Words.bytes(1536));
        assertEquals("12M", Words.bytes(12L << 20));
        assertEquals("8.0E", Words.bytes(Long.MAX_VALUE));
    }

    @Test
    void writesDurationsInTwoUnits() {
        assertEquals("850ms", Words.duration(850));
        assertEquals("12s", Words.duration(12_999));
        assertEquals("3m05s", Words.duration(185_000));
        assertEquals("2h10m", Words.duration(7_800_000));
        assertEquals("4d03h", Words.duration(356_400_000));
    }

    @Test
    void writesSmallRatesWithAFraction() {
        assertEquals("0", Words.rate(0));
        assertEquals("0.4", Words.rate(0.4));
        assertEquals("1200", Words.rate(1200.4));
    }

    @Test
    void writesIpv6AddressesInBrackets() {
        assertEquals("[::1]:7007", Words.address("::1", 7007));
        assertEquals("127.0.0.1:?", Words.address("127.0.0.1", -1));
    }
}
