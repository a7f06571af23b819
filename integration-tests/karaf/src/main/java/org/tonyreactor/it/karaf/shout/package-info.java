/**
 * A protocol as others write one, for the tests: a bundle, and with {@code src/main/feature} a feature and a KAR.
 *
 * <p>Threads: the engine's workers. It depends on nothing but the API.
 */
package org.tonyreactor.it.karaf.shout;
