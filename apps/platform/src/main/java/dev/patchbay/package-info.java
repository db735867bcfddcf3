/** The platform of Patchbay: one deployable jar. Each package below is a context that documents itself. */
@NullMarked
package dev.patchbay;

import org.jspecify.annotations.NullMarked;
