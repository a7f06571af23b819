/** Factories that tests register themselves, with properties of their own. Packed by bnd at run time. */
package org.tonyreactor.it.plain;
