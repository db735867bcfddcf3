/** Writes audit entries and seals them into their tenant's chain. */
@NullMarked
package dev.patchbay.audit.internal;

import org.jspecify.annotations.NullMarked;
