package dev.patchbay.insights.calls;

import dev.patchbay.kernel.TenantScope;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The days and calls to sum. Days are in each client's own calendar.
 *
 * @param from the first day, included
 * @param to the last day, included
 */
record DayQuery(
        TenantScope scope,
        Optional<String> client,
        Optional<String> reason,
        Optional<String> flow,
        LocalDate from,
        LocalDate to) {

    DayQuery between(LocalDate first, LocalDate last) {
        return new DayQuery(scope, client, reason, flow, first, last);
    }
}
