/** What the listings of docs/guide show. Compiled and tested, so that they work. */
@NullMarked
package org.tonyreactor.guide;

import org.jspecify.annotations.NullMarked;
