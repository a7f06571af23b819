package org.tonyreactor.internal.engine.wire.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderReaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String V4_ADDRESSES = "0a000001" + "0a000002" + "d431" + "01bb";

    private static ByteBuffer text(String line) {
        return ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ByteBuffer binary(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(SIGNATURE + hex));
    }

    private static ByteBuffer binary(String head, String body) {
        return binary(head + String.format("%04x", body.length() / 2) + body);
    }

    private static ProxyHeader read(ByteBuffer from) throws ProxyException {
        ProxyHeader read = HeaderReader.read(from, ProxyVersions.ANY);
        assertNotNull(read);
        return read;
    }

    private static SocketAddress at(String number, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(number), port);
    }

    @Test
    void aLineOfIpv4HasTwoAddresses() throws Exception {
        ByteBuffer stream = text("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\nGET");

        assertEquals(ProxyHeader.of(at("192.0.2.7", 56_324), at("198.51.100.1", 443)), read(stream));
        assertEquals("GET", StandardCharsets.ISO_8859_1.decode(stream).toString());
    }

    @Test
    void aLineOfIpv6HasTwoAddresses() throws Exception {
        assertEquals(
                ProxyHeader.of(at("2001:db8::7", 1), at("::1", 65_535)),
                read(text("PROXY TCP6 2001:db8::7 ::1 1 65535\r\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN\r\n", "PROXY UNKNOWN ffff::1 whatever 0 0\r\n"})
    void aLineOfSomethingUnknownHasNoAddresses(String line) throws Exception {
        assertEquals(ProxyHeader.WITHOUT_ADDRESSES, read(text(line)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY \r\n",
                "PROXY TCP5 1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n",
                "PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n",
                "PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.256 1.2.3.4 1 2\r\n",
                "PROXY TCP4 01.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP4 localhost 1.2.3.4 1 2\r\n",
                "PROXY TCP4 ::1 ::1 1 2\r\n",
                "PROXY TCP6 1.2.3.4 1.2.3.4 1 2\r\n",
                "PROXY TCP6 fe80::1%lo ::1 1 2\r\n",
                "PROXY TCP6 1::2::3 ::1 1 2\r\n",
                "PROXY TCP6 : ::1 1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 -1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 99999999999 2\r\n",
                "GET / HTTP/1.1\r\n",
                "\r\n\r\n\0\r\nQUIX",
                "\u0016\u0003\u0001",
                "proxy"
            })
    void anythingElseIsRefusedInOneLine(String stream) {
        ProxyException refused =
                assertThrows(ProxyException.class, () -> HeaderReader.read(text(stream), ProxyVersions.ANY));

        String said = String.valueOf(refused.getMessage());
        assertTrue(said.startsWith("PROXY protocol: ") && said.chars().allMatch(c -> c >= ' ' && c < 127), said);
    }

    @Test
    void aLineHasABound() throws Exception {
        String begun = "PROXY UNKNOWN ";
        ByteBuffer longest = text(begun + "x".repeat(TextHeader.MAX_BYTES - begun.length() - 2) + "\r\n");
        ByteBuffer longer = text(begun + "x".repeat(TextHeader.MAX_BYTES - begun.length()));

        assertEquals(ProxyHeader.WITHOUT_ADDRESSES, read(longest));
        assertThrows(ProxyException.class, () -> HeaderReader.read(longer, ProxyVersions.ANY));
    }

    @Test
    void onlyTheVersionThatIsAskedForIsTaken() throws Exception {
        assertNotNull(HeaderReader.read(text("PROXY UNKNOWN\r\n"), ProxyVersions.V1));
        assertNotNull(HeaderReader.read(binary("2000", ""), ProxyVersions.V2));
        assertThrows(ProxyException.class, () -> HeaderReader.read(text("PROXY UNKNOWN\r\n"), ProxyVersions.V2));
        assertThrows(ProxyException.class, () -> HeaderReader.read(binary("2000", ""), ProxyVersions.V1));
    }

    @Test
    void binaryAddressesAreRead() throws Exception {
        assertEquals(ProxyHeader.of(at("10.0.0.1", 54_321), at("10.0.0.2", 443)), read(binary("2111", V4_ADDRESSES)));
        String v6 = "20010db8000000000000000000000007" + "00000000000000000000000000000001" + "0001" + "ffff";
        assertEquals(ProxyHeader.of(at("2001:db8::7", 1), at("::1", 65_535)), read(binary("2121", v6)));
    }

    @Test
    void pathsOfSocketsAreRead() throws Exception {
        String path = HexFormat.of().formatHex("/run/a".getBytes(StandardCharsets.US_ASCII));
        String unnamed = "00".repeat(108);

        ProxyHeader header = read(binary("2131", path + "00".repeat(108 - 6) + unnamed));

        assertEquals(ProxyHeader.of(UnixDomainSocketAddress.of("/run/a"), UnixDomainSocketAddress.of("")), header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000", "2011", "2100", "2112", "2132"})
    void localAndUnusableKindsHaveNoAddressesAndAreSkipped(String head) throws Exception {
        ByteBuffer stream = binary(head, V4_ADDRESSES + "ffffff");

        assertEquals(ProxyHeader.WITHOUT_ADDRESSES, read(stream));
        assertEquals(0, stream.remaining());
    }

    @ParameterizedTest
    @CsvSource({
        "1111," + V4_ADDRESSES, // version 1 in binary
        "2211," + V4_ADDRESSES, // a command that does not exist
        "2141," + V4_ADDRESSES, // a family that does not exist
        "2113," + V4_ADDRESSES, // a transport that does not exist
        "2111,0a000001", // cut off
        "2111," + V4_ADDRESSES + "01", // an addition that is cut off
        "2111," + V4_ADDRESSES + "01000561", // one that is longer than the header
        "2111," + V4_ADDRESSES + "03000400000000", // a wrong checksum
        "2111," + V4_ADDRESSES + "030002ffff", // a short one
        "2111," + V4_ADDRESSES + "200003010000" // TLS that is cut off
    })
    void brokenBinaryHeadersAreRefused(String head, String body) {
        assertThrows(ProxyException.class, () -> HeaderReader.read(binary(head, body), ProxyVersions.ANY));
    }

    @Test
    void theVersionIsCheckedBeforeTheLengthIsThere() {
        assertThrows(ProxyException.class, () -> HeaderReader.read(binary("31"), ProxyVersions.ANY));
    }

    @Test
    void aBinaryHeaderHasABound() {
        int most = HeaderReader.MAX_BYTES - 16;
        assertThrows(
                ProxyException.class,
                () -> HeaderReader.read(binary(String.format("2111%04x", most + 1)), ProxyVersions.ANY));
    }

    @Test
    void additionsAreRead() throws Exception {
        String sub = "210007" + hex("TLSv1.3") + "220003" + hex("bob") + "230003" + hex("AES") + "240001ff";
        String body = V4_ADDRESSES
                + ("010002" + hex("h2"))
                + ("02000b" + hex("example.org"))
                + "040003000000"
                + "050002beef"
                + String.format("20%04x", 5 + sub.length() / 2)
                + "0700000000"
                + sub
                + "e0000101";

        ProxyDetails said = read(binary("2111", body)).details();

        assertEquals(
                new ProxyDetails("h2", "example.org", "beef", new ProxyDetails.Tls("TLSv1.3", "AES", "bob", true)),
                said);
    }

    @Test
    void aClientWithoutTlsHasNone() throws Exception {
        assertNull(read(binary("2111", V4_ADDRESSES + "200005" + "0000000001"))
                .details()
                .tls());
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProxyVersions.class,
            names = {"V1", "V2"})
    void whatIsWrittenIsReadAgainAndCutAnywhereItWaits(ProxyVersions version) throws Exception {
        for (ProxyHeader header : new ProxyHeader[] {
            ProxyHeader.of(at("127.0.0.9", 1), at("127.0.0.1", 7_007)),
            ProxyHeader.of(at("2001:db8::7", 65_535), at("::1", 0)),
            ProxyHeader.WITHOUT_ADDRESSES
        }) {
            byte[] bytes = header.bytes(version);
            for (int cut = 0; cut < bytes.length; cut++) {
                ByteBuffer part = ByteBuffer.wrap(bytes, 0, cut);
                assertNull(HeaderReader.read(part, ProxyVersions.ANY), "cut at " + cut);
                assertEquals(0, part.position(), "cut at " + cut);
            }
            assertEquals(header, read(ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void anySingleChangeOfABinaryHeaderIsSeenByItsChecksum() throws Exception {
        byte[] good = ProxyHeader.of(at("10.0.0.1", 1), at("10.0.0.2", 2)).bytes(ProxyVersions.V2);
        for (int at = 16; at < 16 + 12; at++) { // The addresses.
            byte[] bad = good.clone();
            bad[at] ^= 4;
            assertThrows(ProxyException.class, () -> HeaderReader.read(ByteBuffer.wrap(bad), ProxyVersions.ANY));
        }
    }

    @Test
    void randomBytesAreRefusedOrWaitedForButNeverBreakIt() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] signature = HexFormat.of().parseHex(SIGNATURE);
        int read = 0;
        int refused = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            byte[] begin =
                    random.nextBoolean() ? signature : text("PROXY TCP4 ").array();
            System.arraycopy(begin, 0, bytes, 0, Math.min(begin.length, bytes.length));
            if (bytes.length > 15 && random.nextBoolean()) {
                bytes[12] = 0x21;
                bytes[13] = (byte) (random.nextInt(4) << 4 | 1);
                bytes[14] = 0;
                bytes[15] = (byte) random.nextInt(64);
            }
            try {
                read += HeaderReader.read(ByteBuffer.wrap(bytes), ProxyVersions.ANY) == null ? 0 : 1;
            } catch (ProxyException expected) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ", bytes " + HexFormat.of().formatHex(bytes), e);
            }
        }
        assertTrue(read > 0 && refused > 0, read + " read, " + refused + " refused, seed " + seed);
    }
}
