package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.ingress.polling.PollReport;
import dev.patchbay.ingress.polling.Polls;
import dev.patchbay.ingress.polling.Reconciliation;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.CorrelationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Polls providers on request, and reports how their facts compare with our events. */
@RestController
@RequestMapping("/api/v1/ingress")
class PollController {

    private final Polls polls;
    private final Reconciliation reconciliation;

    PollController(Polls polls, Reconciliation reconciliation) {
        this.polls = polls;
        this.reconciliation = reconciliation;
    }

    /** The streams to poll; a member that is null does not narrow them. */
    record PollRequest(@Nullable String provider, @Nullable ConnectionId connectionId) {}

    /** Polls now, and answers when it is done: one item for each stream of each connection. */
    @Requires(value = "operate:ingress", tenantWide = true)
    @PostMapping("/polls")
    Page<PollReport> poll(
            Caller caller, @RequestBody(required = false) @Nullable PollRequest body, HttpServletRequest request) {
        var selection = Optional.ofNullable(body);
        var provider = selection.map(PollRequest::provider);
        var connection = selection.map(PollRequest::connectionId);
        var reports = polls.pollNow(
                caller.scope().tenant(), caller.subject(), provider, connection, CorrelationFilter.of(request));
        if (reports.isEmpty()) {
            throw new Problem(
                    ProblemType.NOT_FOUND,
                    "No connection matches that can be polled. Leave provider and connectionId out to poll all.");
        }
        return new Page<>(reports, null);
    }

    @Requires(value = "read:ingress", tenantWide = true)
    @GetMapping("/reconciliation")
    Page<Reconciliation.Day> days(
            Caller caller,
            @RequestParam Optional<String> provider,
            @RequestParam Optional<LocalDate> from,
            @RequestParam Optional<LocalDate> to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> after) {
        return reconciliation.listDays(caller.scope().tenant(), provider, from, to, Math.clamp(limit, 1, 100), after);
    }

    @Requires(value = "read:ingress", tenantWide = true)
    @GetMapping("/reconciliation/differences")
    Page<Reconciliation.Difference> differences(
            Caller caller,
            @RequestParam Optional<String> kind,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> after) {
        return reconciliation.listDifferences(caller.scope().tenant(), kind, Math.clamp(limit, 1, 100), after);
    }
}
