/** A protocol bundle as a user writes it: one component, no manifest line. Packed by bnd at run time. */
package org.tonyreactor.it.annotated;
