/** The smallest useful protocol bundle: sends back what it gets. Runs on worker threads, owns no state. */
package org.tonyreactor.sample.echo;
