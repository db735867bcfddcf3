/** Patchbay, the platform: one deployable; each package below is a context with a room sign of its own. */
@NullMarked
package dev.patchbay;

import org.jspecify.annotations.NullMarked;
