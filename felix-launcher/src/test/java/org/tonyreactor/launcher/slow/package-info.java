/** A component that hangs, which the tests build a bundle of; runs in the server under test. */
package org.tonyreactor.launcher.slow;
