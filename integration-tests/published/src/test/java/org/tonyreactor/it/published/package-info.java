/** What is published, as others get it: files of the build are read, nothing is started. */
package org.tonyreactor.it.published;
