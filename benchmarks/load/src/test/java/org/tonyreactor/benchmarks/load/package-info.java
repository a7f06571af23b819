/** The generator sees what it is there to see: a server that lies, and a server that stands still. */
package org.tonyreactor.benchmarks.load;
