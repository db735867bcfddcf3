/** The snapshot of lists and switches, their storage, and the OpenFeature provider. */
@NullMarked
package dev.patchbay.flags.internal;

import org.jspecify.annotations.NullMarked;
