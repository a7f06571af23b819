/**
 * The real bundles in a real framework. The API is loaded inside the framework, so tests talk to it as strangers do: over
 * sockets, through the registry, and by reading the fields of data transfer objects. Every wait is bounded.
 */
package org.tonyreactor.it;
