/** What the kernel tells, and the arithmetic of several runs. */
package org.tonyreactor.benchmarks.harness;
