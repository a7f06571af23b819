package org.tonyreactor.it;

import aQute.bnd.osgi.Jar;
import java.nio.file.Path;
import org.osgi.framework.Constants;

/** Makes of a bundle the next version of it: the same but for the number. */
final class NewerVersion {
    private NewerVersion() {}

    /** Returns where the newer one is. */
    static Path of(Path bundle, String version, Path folder) {
        Path newer = folder.resolve(version + "-" + bundle.getFileName());
        try (Jar jar = new Jar(bundle.toFile())) {
            jar.getManifest().getMainAttributes().putValue(Constants.BUNDLE_VERSION, version);
            jar.write(newer.toFile());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("making " + newer, e);
        }
        return newer;
    }
}
