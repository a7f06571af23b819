package org.tonyreactor.launcher;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The one jar that holds everything. The framework copies the bundles nested in it into its cache. */
final class RunnableJar implements Installation {
    private static final String DEFAULT_HOME = "reactor-home";

    private final Path jar;

    RunnableJar(Path jar) {
        this.jar = jar;
    }

    @Override
    public Path defaultHome() {
        return Path.of(DEFAULT_HOME);
    }

    @Override
    public List<BundleFile> bundles() throws IOException {
        List<BundleFile> bundles = new ArrayList<>();
        for (String entry : entries(BUNDLES + "/")) {
            String folder = entry.substring(BUNDLES.length() + 1, entry.lastIndexOf('/'));
            bundles.add(new BundleFile(Installation.startLevel(folder), "nested:" + entry, () -> open(entry)));
        }
        return bundles;
    }

    @Override
    public Map<String, BundleFile.Content> conf() throws IOException {
        Map<String, BundleFile.Content> conf = new LinkedHashMap<>();
        for (String entry : entries(CONF + "/")) {
            conf.put(entry.substring(CONF.length() + 1), () -> open(entry));
        }
        return conf;
    }

    private List<String> entries(String prefix) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    /** The class loader has the jar open already. */
    private static InputStream open(String entry) throws IOException {
        InputStream content = RunnableJar.class.getResourceAsStream("/" + entry);
        if (content == null) {
            throw new FileNotFoundException(entry + " is missing in the runnable jar");
        }
        return content;
    }
}
