@org.jspecify.annotations.NullMarked
package org.tonyreactor.shell.karaf;
