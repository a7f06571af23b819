/**
 * The real bundles in Felix, by Pax Exam: bundles come, go and change while the server runs. Tests run inside the
 * framework, in a bundle that Pax Exam makes of this module's test classes, so they talk to the runtime service itself.
 * {@link org.tonyreactor.it.felix.ReactorExam} is the base class, and the example to copy. Every wait is bounded.
 */
package org.tonyreactor.it.felix;
