/**
 * Our features in a real Karaf. The tests run in Karaf itself, in a bundle that Pax Exam makes of this package. They type
 * what a person would type in the console, put files where a person would put them, and wait for services and for what
 * the engine says of itself. Every wait is bounded.
 */
package org.tonyreactor.it.karaf;
