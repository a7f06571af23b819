package org.tonyreactor.launcher;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Config Admin, for what the command line and the home decide. */
final class Configurations {
    private static final String CONFIGURATION_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";
    private static final String CONFIGURATION = "org.osgi.service.cm.Configuration";
    private static final String ANY_BUNDLE = "?";

    private final ForeignService admin;

    private Configurations(ForeignService admin) {
        this.admin = admin;
    }

    static Configurations in(BundleContext context) throws StartFailure {
        return new Configurations(ForeignService.find(context, CONFIGURATION_ADMIN)
                .orElseThrow(() -> new StartFailure("Config Admin does not run: see the log in logs/")));
    }

    /** Puts {@code changes} over what a file in {@code conf/} says for {@code pid}. */
    void change(String pid, Map<String, ?> changes) {
        Object configuration = admin.call("getConfiguration", pid, ANY_BUNDLE);
        Map<String, Object> properties = new HashMap<>();
        Object old = call(configuration, "getProperties", new Class<?>[0]);
        if (old instanceof Dictionary<?, ?> dictionary) {
            dictionary.keys().asIterator().forEachRemaining(key -> properties.put(key.toString(), dictionary.get(key)));
        }
        properties.putAll(changes);
        update(configuration, properties);
    }

    /** Adds one more configuration of a factory. */
    void add(String factoryPid, Map<String, ?> properties) {
        update(admin.call("createFactoryConfiguration", factoryPid, ANY_BUNDLE), properties);
    }

    private void update(Object configuration, Map<String, ?> properties) {
        call(configuration, "update", new Class<?>[] {Dictionary.class}, FrameworkUtil.asDictionary(properties));
    }

    private Object call(Object configuration, String method, Class<?>[] types, Object... args) {
        return ForeignService.call(admin.neighbour(CONFIGURATION), configuration, method, types, args);
    }
}
