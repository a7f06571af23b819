package org.tonyreactor.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class MainTest {
    private static final int JAVA_8_CLASS_FILE = 52;

    @Test
    void isReadableByJava8() throws Exception {
        try (InputStream in = getClass().getResourceAsStream("Main.class");
                DataInputStream data = new DataInputStream(in)) {
            data.skipBytes(Integer.BYTES + Short.BYTES);
            assertEquals(JAVA_8_CLASS_FILE, data.readUnsignedShort());
        }
    }
}
