/** The runnable jar of the benchmarks, and what it says of allocation. */
@NullMarked
package org.tonyreactor.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
