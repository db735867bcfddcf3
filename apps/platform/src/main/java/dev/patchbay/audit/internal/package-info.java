/** How entries are written, and sealed into their tenant's chain. */
@NullMarked
package dev.patchbay.audit.internal;

import org.jspecify.annotations.NullMarked;
