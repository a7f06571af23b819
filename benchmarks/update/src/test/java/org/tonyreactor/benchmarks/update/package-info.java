/** The driver sees what it is there to see; and the short form of the proof, against the real server. */
package org.tonyreactor.benchmarks.update;
