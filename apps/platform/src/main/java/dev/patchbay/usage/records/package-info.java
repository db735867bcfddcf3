/** Snapshots and records, the streams that order them, their attribution to clients, and their sums by day. */
@NullMarked
package dev.patchbay.usage.records;

import org.jspecify.annotations.NullMarked;
