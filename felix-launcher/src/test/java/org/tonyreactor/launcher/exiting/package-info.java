/** A service that the tests build a bundle of; runs in the server under test. */
package org.tonyreactor.launcher.exiting;
