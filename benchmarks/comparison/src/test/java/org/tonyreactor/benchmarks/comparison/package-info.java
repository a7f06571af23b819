/** Tests of the arithmetic and of what is made of a fixed file, and one short run that everything works together. */
package org.tonyreactor.benchmarks.comparison;
