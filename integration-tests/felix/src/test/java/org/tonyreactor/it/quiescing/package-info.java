/** A bundle whose protocols finish what they work at before they are suspended. */
package org.tonyreactor.it.quiescing;
