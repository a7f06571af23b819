package org.tonyreactor.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineClassesTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path ENGINE = CLASSES.resolve("org/tonyreactor/internal/engine");
    private static final Path WANTED = Path.of("target", EngineClasses.RESOURCE);

    @Test
    void listsEveryClassOfTheEngineAndEveryOneThatTheseName() throws IOException {
        Set<String> wanted = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ENGINE)) {
            for (Path file : files.filter(EngineClassesTest::serves).toList()) {
                wanted.addAll(namesIn(file));
            }
        }

        Files.write(WANTED, wanted);
        List<String> listed = EngineClasses.names();
        List<String> missing =
                wanted.stream().filter(name -> !listed.contains(name)).toList();
        List<String> superfluous =
                listed.stream().filter(name -> !wanted.contains(name)).toList();
        String advice = "copy " + WANTED + " over the list in src/main/resources, which has to be what that is";
        assertEquals(List.of(), missing, advice);
        assertEquals(List.of(), superfluous, advice);
    }

    @Test
    void initialisesAllOfThem() {
        EngineClasses.initialise();
    }

    /** Memory wires serve tests only, and a warm-up that fails is none. */
    private static boolean serves(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".class")
                && !name.equals("package-info.class")
                && !name.startsWith("HandOverWarmUp")
                && !file.startsWith(ENGINE.resolve("wire/memory"));
    }

    /** The names of the classes in a constant pool (JVM specification, 4.4); the class itself is one of them. */
    private static Set<String> namesIn(Path file) throws IOException {
        try (InputStream opened = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(opened)) {
            in.skipNBytes(8); // Magic number and version.
            int count = in.readUnsignedShort();
            String[] texts = new String[count];
            BitSet classes = new BitSet();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[i] = in.readUTF();
                    case 7 -> classes.set(in.readUnsignedShort());
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // They take two entries.
                    }
                    default -> throw new IOException(file + " has a constant of the unknown kind " + tag);
                }
            }
            Set<String> names = new TreeSet<>();
            classes.stream()
                    .mapToObj(i -> texts[i])
                    .filter(name -> !name.startsWith("["))
                    .forEach(name -> names.add(name.replace('/', '.')));
            return names;
        }
    }
}
