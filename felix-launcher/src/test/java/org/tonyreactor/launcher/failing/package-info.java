/** A component that cannot be made, which the tests build a bundle of; runs in the server under test. */
package org.tonyreactor.launcher.failing;
