/** An activator that hangs, which the tests build bundles of; runs in the server under test. */
package org.tonyreactor.launcher.hanging;
