package dev.patchbay.usage.records;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.spi.UsageStatement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one connection that are written in one batch.
 *
 * @param vanished subjects that the provider no longer has
 * @param collectedFrom with {@code collectedTo}, a time that was collected before; a new subject that began within it is late
 */
public record UsageBatch(
        TenantId tenant,
        ConnectionId connection,
        List<UsageStatement> statements,
        List<String> vanished,
        @Nullable Instant collectedFrom,
        @Nullable Instant collectedTo) {

    boolean isLate(Instant occurredAt) {
        return collectedFrom != null
                && collectedTo != null
                && !occurredAt.isBefore(collectedFrom)
                && occurredAt.isBefore(collectedTo);
    }

    /**
     * The result of writing a batch.
     *
     * @param fresh subjects that were stated for the first time
     * @param corrected subjects whose statement changed
     * @param unattributed the number of fresh and corrected subjects without a client
     */
    public record Written(int fresh, int corrected, int vanished, int unattributed) {}
}
