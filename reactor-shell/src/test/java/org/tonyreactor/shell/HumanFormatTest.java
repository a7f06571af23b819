package org.tonyreactor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HumanFormatTest {
    @Test
    void writesBytesInFiveCharactersAtMost() {
        assertEquals("0", HumanFormat.bytes(0));
        assertEquals("1023", HumanFormat.bytes(1023));
        assertEquals("1.5K", HumanFormat.bytes(1536));
        assertEquals("12M", HumanFormat.bytes(12L << 20));
        assertEquals("8.0E", HumanFormat.bytes(Long.MAX_VALUE));
    }

    @Test
    void writesDurationsInTwoUnits() {
        assertEquals("850ms", HumanFormat.duration(850));
        assertEquals("12s", HumanFormat.duration(12_999));
        assertEquals("3m05s", HumanFormat.duration(185_000));
        assertEquals("2h10m", HumanFormat.duration(7_800_000));
        assertEquals("4d03h", HumanFormat.duration(356_400_000));
    }

    @Test
    void writesSmallRatesWithAFraction() {
        assertEquals("0", HumanFormat.rate(0));
        assertEquals("0.4", HumanFormat.rate(0.4));
        assertEquals("1200", HumanFormat.rate(1200.4));
    }

    @Test
    void writesIpv6AddressesInBrackets() {
        assertEquals("[::1]:7007", HumanFormat.address("::1", 7007));
        assertEquals("127.0.0.1:?", HumanFormat.address("127.0.0.1", -1));
    }
}
