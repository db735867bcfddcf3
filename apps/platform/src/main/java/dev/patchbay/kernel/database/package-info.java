/**
 * Access to the database for every context: migrated by its owner, used by {@code patchbay_app} under row-level security, one
 * tenant per transaction (ADR 0004, ADR 0005).
 */
@NullMarked
package dev.patchbay.kernel.database;

import org.jspecify.annotations.NullMarked;
