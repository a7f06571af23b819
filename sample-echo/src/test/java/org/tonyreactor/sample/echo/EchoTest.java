package org.tonyreactor.sample.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sample is what the README shows. */
class EchoTest {
    private static final String BEGIN = "@ReactorEndpoint(";

    @Test
    void readmeShowsThisVeryCode() throws IOException {
        String shown = block(Files.readString(Path.of("../README.md")));

        assertEquals(code(), shown);
    }

    @Test
    void codeIsFewerThanFifteenLines() throws IOException {
        assertTrue(code().lines().count() < 15, code());
    }

    private static String code() throws IOException {
        String source = Files.readString(Path.of("src/main/java/org/tonyreactor/sample/echo/Echo.java"));
        return source.substring(source.indexOf(BEGIN));
    }

    private static String block(String readme) {
        int begin = readme.indexOf(BEGIN);
        return readme.substring(begin, readme.indexOf("```", begin));
    }
}
