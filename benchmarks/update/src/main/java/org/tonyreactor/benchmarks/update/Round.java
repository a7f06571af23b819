package org.tonyreactor.benchmarks.update;

/**
 * One update, or one turn of the baseline: who of the live connections has answered from the version wanted.
 *
 * @param version the version wanted
 * @param answers counts the connections
 */
record Round(int version, Countdown answers) {}
