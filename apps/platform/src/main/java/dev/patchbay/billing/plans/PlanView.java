package dev.patchbay.billing.plans;

import dev.patchbay.billing.PlanId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A plan with its newest version.
 *
 * @param newest the number of the newest version
 */
public record PlanView(PlanId id, String name, int newest, VersionState state, Instant createdAt) {

    /**
     * A version of a plan.
     *
     * @param startsOn the first day on which a subscription may begin with it
     * @param endsOn the day after the last one; null when there is no end
     * @param terms the terms as they were sent
     */
    public record Version(
            int version,
            VersionState state,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            String createdBy,
            Instant createdAt,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt,
            JsonNode terms) {}
}
