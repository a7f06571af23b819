package org.tonyreactor.internal.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All classes of the engine and all that they name. They are initialised before the first connection. Loading a class may
 * need a descriptor or memory when there is none left, and a class whose initialisation has failed once stays unusable for
 * ever. Then no connection could be served or end.
 */
final class EngineClasses {
    /** One name a line, sorted. A test checks the content. */
    static final String RESOURCE = "classes.txt";

    private EngineClasses() {}

    /** The names in the list. */
    static List<String> names() {
        InputStream list = EngineClasses.class.getResourceAsStream(RESOURCE);
        if (list == null) {
            throw new IllegalStateException(RESOURCE + " is missing beside " + EngineClasses.class);
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Initialises all of them. */
    static void initialise() {
        for (String name : names()) {
            try {
                Class.forName(name, true, EngineClasses.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(RESOURCE + " names a class that does not exist: " + name, e);
            }
        }
    }
}
