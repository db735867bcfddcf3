/** How ingress takes in, stores and hands on. Used by its own front door and controllers only. */
@NullMarked
package dev.patchbay.ingress.internal;

import org.jspecify.annotations.NullMarked;
