package dev.patchbay.usage.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.usage.reports.Grouping;
import dev.patchbay.usage.reports.UsageCall;
import dev.patchbay.usage.reports.UsageReport;
import dev.patchbay.usage.reports.UsageReports;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves usage and, for the agency, its cost. Days are local days of the client. */
@RestController
@RequestMapping("/api/v1/usage")
class UsageController {

    private final UsageReports reports;

    UsageController(UsageReports reports) {
        this.reports = reports;
    }

    /** Returns the sums of the days from {@code from} to {@code to}, both included. */
    @Requires("read:billing")
    @GetMapping("/days")
    UsageReport days(
            Caller caller,
            @RequestParam Optional<String> clientId,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(defaultValue = "day") String by) {
        Grouping grouping = Grouping.find(by)
                .orElseThrow(() -> new Problem(
                        ProblemType.MALFORMED_REQUEST, "The parameter by is day, client, agent, product or release."));
        return reports.sum(query(caller, clientId, from, to), grouping);
    }

    /**
     * Returns the calls of a day, or of the days from {@code from} to {@code to}, oldest first.
     *
     * @param agent an agent's id, or {@code agent/version} for one release
     */
    @Requires("read:billing")
    @GetMapping("/calls")
    Page<UsageCall> calls(
            Caller caller,
            @RequestParam Optional<String> clientId,
            @RequestParam Optional<LocalDate> day,
            @RequestParam Optional<LocalDate> from,
            @RequestParam Optional<LocalDate> to,
            @RequestParam Optional<String> agent,
            @RequestParam Optional<String> product,
            @RequestParam(defaultValue = "0") int min,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        LocalDate first = day.or(() -> from)
                .orElseThrow(
                        () -> new Problem(ProblemType.MALFORMED_REQUEST, "Give the parameter day, or from and to."));
        LocalDate last = day.or(() -> to).orElse(first);
        return reports.listCalls(
                query(caller, clientId, first, last), agent, product, min, Math.clamp(limit, 1, 200), after);
    }

    @Requires("read:billing")
    @GetMapping("/calls/{id}")
    UsageCall.Details call(Caller caller, @PathVariable String id) {
        return reports.getCall(caller.scope(), id, CostAccess.isGranted(caller));
    }

    /** Returns the daily sums as CSV. */
    @Requires("read:billing")
    @GetMapping(value = "/export", produces = "text/csv")
    ResponseEntity<String> export(
            Caller caller,
            @RequestParam Optional<String> clientId,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"usage-" + from + "-" + to + ".csv\"")
                .body(reports.exportCsv(query(caller, clientId, from, to)));
    }

    private static UsageReports.Query query(Caller caller, Optional<String> clientId, LocalDate from, LocalDate to) {
        return new UsageReports.Query(caller.scope(), clientId.orElse(null), from, to, CostAccess.isGranted(caller));
    }
}
