package org.tonyreactor.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A distribution that was unpacked into a folder. The framework reads its bundles where they are. */
final class Distribution implements Installation {
    private final Path root;

    Distribution(Path root) {
        this.root = root;
    }

    @Override
    public Path defaultHome() {
        return root;
    }

    @Override
    public List<BundleFile> bundles() throws IOException {
        List<BundleFile> bundles = new ArrayList<>();
        for (Path folder : sorted(root.resolve(BUNDLES))) {
            int startLevel = Installation.startLevel(folder.getFileName().toString());
            for (Path file : sorted(folder)) {
                String location = "reference:" + file.toUri();
                bundles.add(new BundleFile(startLevel, location, () -> Files.newInputStream(file)));
            }
        }
        return bundles;
    }

    @Override
    public Map<String, BundleFile.Content> conf() throws IOException {
        Map<String, BundleFile.Content> conf = new LinkedHashMap<>();
        for (Path file : sorted(root.resolve(CONF))) {
            conf.put(file.getFileName().toString(), () -> Files.newInputStream(file));
        }
        return conf;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
