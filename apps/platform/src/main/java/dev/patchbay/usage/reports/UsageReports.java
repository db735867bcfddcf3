package dev.patchbay.usage.reports;

import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.records.Rollups;
import dev.patchbay.usage.reports.UsageReportRepository.DaySum;
import dev.patchbay.usage.reports.UsageReportRepository.Selection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers questions about usage. Costs are part of an answer only where the reader may see them. */
@Component
public class UsageReports {

    private static final int MAX_DAYS = 400;

    private final UsageReportRepository repository;
    private final Rollups rollups;
    private final Tenancy tenancy;

    UsageReports(UsageReportRepository repository, Rollups rollups, Tenancy tenancy) {
        this.repository = repository;
        this.rollups = rollups;
        this.tenancy = tenancy;
    }

    /**
     * The usage that is asked for.
     *
     * @param client null: all within the scope
     * @param showCosts whether the reader may see costs
     */
    public record Query(TenantScope scope, @Nullable String client, LocalDate from, LocalDate to, boolean showCosts) {

        private Selection selection() {
            if (to.isBefore(from) || from.plusDays(MAX_DAYS).isBefore(to)) {
                throw new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "The parameter to must lie up to " + MAX_DAYS + " days after from.");
            }
            return new Selection(scope, client, from, to);
        }
    }

    /** @throws Problem {@code 400.malformed_request} when the span of days is negative or too long */
    public UsageReport sum(Query query, Grouping grouping) {
        Selection selection = query.selection();
        rollups.catchUp(query.scope().tenant());
        return tenancy.inTenant(query.scope().tenant(), () -> {
            var counts = repository.countOutcomes(selection);
            List<UsageSum> sums = repository.sum(selection, grouping).stream()
                    .map(sum -> query.showCosts() ? sum : withoutCost(sum))
                    .toList();
            return new UsageReport(
                    sums,
                    null,
                    counts.getOrDefault("late", 0),
                    counts.getOrDefault("corrected", 0),
                    counts.getOrDefault("vanished", 0));
        });
    }

    private static UsageSum withoutCost(UsageSum sum) {
        return new UsageSum(
                sum.key(),
                sum.currency(),
                sum.calls(),
                sum.talkSeconds(),
                sum.billedSeconds(),
                sum.price(),
                null,
                sum.upto());
    }

    /**
     * The calls of a selection, oldest first.
     *
     * @throws Problem {@code 400.malformed_request} when the span of days or the cursor cannot be read
     */
    public Page<UsageCall> listCalls(
            Query query, Optional<String> agent, Optional<String> product, int minSeconds, int limit, String after) {
        Selection selection = query.selection();
        try {
            List<UsageCall> calls = tenancy.inTenant(
                    query.scope().tenant(),
                    () -> repository.listCalls(
                            selection, agent.orElse(null), product.orElse(null), minSeconds, limit + 1, after));
            return Page.of(
                    calls.stream()
                            .map(call -> query.showCosts() ? call : withoutCost(call))
                            .toList(),
                    limit,
                    UsageReportRepository::cursor);
        } catch (DateTimeException malformed) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "Take the parameter after from the member next.");
        }
    }

    private static UsageCall withoutCost(UsageCall call) {
        return new UsageCall(
                call.callId(),
                call.connectionId(),
                call.clientId(),
                call.at(),
                call.day(),
                call.agentId(),
                call.release(),
                call.talkSeconds(),
                call.billedSeconds(),
                call.price(),
                null,
                call.invoice(),
                call.revisions(),
                call.timeline());
    }

    /** @throws Problem {@code 404.not_found} when there is no usage of that call within the scope */
    public UsageCall.Details getCall(TenantScope scope, String callId, boolean showCosts) {
        return tenancy.inTenant(scope.tenant(), () -> {
            UsageCall call = repository
                    .findCall(scope, callId)
                    .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "There is no usage of " + callId + "."));
            if (!showCosts) {
                return new UsageCall.Details(withoutCost(call), null, null, null);
            }
            var statements = repository.listStatements(scope, call);
            var records = repository.listRecords(scope, call);
            return new UsageCall.Details(
                    call, statements, records, ChargeExplanation.explain(call, statements, records));
        });
    }

    /** The daily sums as CSV (RFC 4180), with a header; the columns of the cost only where the reader may see costs. */
    public String exportCsv(Query query) {
        Selection selection = query.selection();
        rollups.catchUp(query.scope().tenant());
        List<DaySum> sums = tenancy.inTenant(query.scope().tenant(), () -> repository.listDaySums(selection));
        String header = "day,client,connection,agent,release,product,leg,metric,calls,quantity";
        return sums.stream()
                .map(sum -> toCsv(sum, query.showCosts()))
                .collect(Collectors.joining("", header + (query.showCosts() ? ",cost,currency" : "") + "\r\n", ""));
    }

    static String toCsv(DaySum sum, boolean showCosts) {
        String text = String.join(
                ",",
                sum.day().toString(),
                quote(sum.client()),
                quote(sum.connection().value()),
                quote(sum.agent()),
                quote(sum.version()),
                quote(sum.product()),
                Integer.toString(sum.leg()),
                sum.metric(),
                Long.toString(sum.calls()),
                sum.quantity());
        return text + (showCosts ? "," + sum.cost() + "," + sum.currency() : "") + "\r\n";
    }

    /** A text that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String quote(String text) {
        String safe = text.matches("[=+\\-@\\t\\r].*") ? "'" + text : text;
        return safe.matches("[^\",\\r\\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
