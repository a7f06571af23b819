/** A protocol that the tests build a bundle of; runs in the server under test, on worker threads. */
package org.tonyreactor.launcher.shout;
