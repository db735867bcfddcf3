/** The id and the lease of this process among its peers on one database. */
@NullMarked
package dev.patchbay.effects.internal.node;

import org.jspecify.annotations.NullMarked;
