/** The lease of this process among its peers on one database. */
@NamedInterface("node")
@NullMarked
package dev.patchbay.effects.internal.node;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
