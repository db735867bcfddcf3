package dev.patchbay.insights.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.insights.calls.CallFigures;
import dev.patchbay.insights.calls.CallFigures.Figures;
import dev.patchbay.insights.calls.CallFigures.Grouping;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code GET /api/v1/insights/outcomes}: sums of calls by the clients' days. */
@RestController
class FigureController {

    private static final int MAX_DAYS = 400;

    private final CallFigures figures;

    FigureController(CallFigures figures) {
        this.figures = figures;
    }

    /** Returns the sums of the days from {@code from} to {@code to}, both included, and of the same number of days before. */
    @Requires("read:runs")
    @GetMapping("/api/v1/insights/outcomes")
    Figures outcomes(
            Caller caller,
            @RequestParam Optional<String> client,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(defaultValue = "day") String by) {
        var grouping = Grouping.find(by)
                .orElseThrow(() ->
                        new Problem(ProblemType.MALFORMED_REQUEST, "The parameter by is day, client, reason or flow."));
        if (DayParameter.require(to).isBefore(DayParameter.require(from))
                || ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "The parameter to is a day from from on, at most " + MAX_DAYS + " days in all.");
        }
        return figures.sum(caller.scope(), client, from, to, grouping);
    }
}
