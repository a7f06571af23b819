/**
 * A protocol whose connections survive an update of its bundle. Runs on worker threads; the count belongs to the
 * connection.
 */
package org.tonyreactor.sample.counter;
