package org.tonyreactor.launcher;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the launcher and the framework on a Java that prints four lines of warning when {@code sun.misc.Unsafe} is used.
 * One class of Felix tries that when it is loaded and once more later, remembers the outcome, and does without where
 * {@code Unsafe} is not found. So it has to try here, while it is not found; bundles that ask for it later find it.
 */
final class QuietLoader extends URLClassLoader {
    private static final String UNSAFE = "sun.misc.Unsafe";
    private static final String TRYING_CLASS = "org.apache.felix.framework.util.SecureAction";
    private static final String TRYING_METHOD = "getAccessor";

    /** Written before any other thread knows this loader. */
    private boolean hidden = true;

    QuietLoader(URL launcher, ClassLoader parent) throws ReflectiveOperationException {
        super(new URL[] {launcher}, parent);
        Method method = Class.forName(TRYING_CLASS, true, this).getDeclaredMethod(TRYING_METHOD, Class.class);
        method.setAccessible(true);
        method.invoke(null, URL.class);
        hidden = false;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (hidden && UNSAFE.equals(name)) {
            throw new ClassNotFoundException(name + " is hidden from " + TRYING_CLASS);
        }
        return super.loadClass(name, resolve);
    }
}
