package dev.patchbay.usage.collection;

import dev.patchbay.kernel.ConnectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a pass has come, or how the last one ended.
 *
 * @param pass {@code latest}, {@code recent}, {@code settled} or {@code requested}
 * @param read subjects that the provider listed with a cost
 * @param fresh of these, the ones that were stated for the first time
 * @param corrected of these, the ones whose statement had changed
 * @param vanished subjects that the provider no longer has
 * @param unattributed of the fresh and corrected, the ones that belong to no client
 * @param pending subjects without a cost yet
 * @param failed statements that cannot become usage; see {@code GET /usage/rejections}
 * @param detail why the state is {@code unavailable}
 */
public record CollectionProgress(
        String provider,
        ConnectionId connectionId,
        String pass,
        CollectionState state,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long read,
        long fresh,
        long corrected,
        long vanished,
        long unattributed,
        long pending,
        long failed,
        @Nullable String detail) {}
