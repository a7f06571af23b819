/** Activators that the tests build bundles of. They run in a framework in the JVM of the test and speak to it by system properties. */
package org.tonyreactor.launcher.activator;
