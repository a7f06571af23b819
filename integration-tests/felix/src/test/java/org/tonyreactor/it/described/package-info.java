/** A protocol bundle whose author describes its configuration. */
package org.tonyreactor.it.described;
