/**
 * The database as every context meets it: migrated by its owner, used by {@code patchbay_app} behind row-level
 * security, one tenant a transaction (ADR 0004, ADR 0005).
 */
@NullMarked
package dev.patchbay.kernel.database;

import org.jspecify.annotations.NullMarked;
