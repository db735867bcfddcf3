/** Upgrades a data directory that an earlier release filled, when this release starts on it. */
@NullMarked
package dev.patchbay.upgrade;

import org.jspecify.annotations.NullMarked;
