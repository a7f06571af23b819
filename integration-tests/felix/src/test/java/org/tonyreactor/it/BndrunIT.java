package org.tonyreactor.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import aQute.bnd.build.Workspace;
import aQute.bnd.build.model.clauses.VersionedClause;
import aQute.bnd.osgi.Processor;
import aQute.bnd.repository.fileset.FileSetRepository;
import biz.aQute.resolve.Bndrun;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;

/** The run that the guide shows: what it requires brings exactly the bundles that it lists. */
class BndrunIT {
    private static final File RUN = new File(System.getProperty("guide.bndrun"));

    @Test
    void resolvesToWhatItLists() throws Exception {
        Processor settings = new Processor();
        settings.setProperties(RUN);
        try (Workspace workspace = Workspace.createStandaloneWorkspace(settings, RUN.toURI())) {
            workspace.addBasicPlugin(new FileSetRepository("bundles", bundles()));
            try (Bndrun run = new Bndrun(workspace, RUN)) {
                Set<String> listed = names(run.getModel().getRunBundles());

                Set<String> resolved = names(run.resolve().getRunBundles());

                assertEquals(List.of(), run.getErrors());
                assertEquals(listed, resolved);
            }
        }
    }

    private static Set<String> names(Collection<? extends VersionedClause> bundles) {
        return bundles.stream().map(VersionedClause::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The platform, what we build, and the framework. */
    private static List<File> bundles() throws Exception {
        List<File> found = new ArrayList<>();
        for (String property : List.of("platform.directory", "bundles.directory")) {
            FelixFixture.jars(property).forEach(jar -> found.add(jar.toFile()));
        }
        found.add(new File(FrameworkFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        return found;
    }
}
