/** A protocol that fails loudly; runs in the server under test, on worker threads. */
package org.tonyreactor.launcher.loud;
