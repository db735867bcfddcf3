package dev.patchbay.insights.calls;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.insights.calls.CallDayRepository.DaySum;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Sums calls by the clients' days. */
@Service
public class CallFigures {

    private final CallDayRepository days;
    private final CallQueryRepository calls;
    private final Tenancy tenancy;

    CallFigures(CallDayRepository days, CallQueryRepository calls, Tenancy tenancy) {
        this.days = days;
        this.calls = calls;
        this.tenancy = tenancy;
    }

    /** The key of each row. */
    public enum Grouping {
        /** The result is one row with the total. */
        NONE,
        DAY,
        CLIENT,
        REASON,
        FLOW;

        /** Returns the grouping with that name. */
        public static Optional<Grouping> find(String name) {
            return Arrays.stream(values())
                    .filter(grouping -> grouping != NONE && grouping.label().equals(name))
                    .findFirst();
        }

        /** Returns the grouping as requests write it. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Counts of calls by outcome.
     *
     * @param seconds the length of all calls together, in seconds
     */
    public record Sums(
            long calls,
            long booked,
            long notBooked,
            long needsPerson,
            long working,
            long noRequest,
            long undone,
            long seconds) {

        static Sums of(List<DaySum> sums) {
            return new Sums(
                    sums.stream().mapToLong(DaySum::calls).sum(),
                    count(sums, CallOutcome.BOOKED),
                    count(sums, CallOutcome.NOT_BOOKED),
                    count(sums, CallOutcome.NEEDS_PERSON),
                    count(sums, CallOutcome.WORKING),
                    count(sums, CallOutcome.NO_REQUEST),
                    count(sums, CallOutcome.UNDONE),
                    sums.stream().mapToLong(DaySum::seconds).sum());
        }

        private static long count(List<DaySum> sums, CallOutcome outcome) {
            return sums.stream()
                    .filter(sum -> sum.outcome() == outcome)
                    .mapToLong(DaySum::calls)
                    .sum();
        }
    }

    /** @param key a day, a client's id, a reason's code or a flow's name; empty text for calls without one */
    public record Row(String key, Sums sums) {}

    /**
     * @param from the first day, included, in each client's own calendar
     * @param to the last day, included
     * @param before the sums of the same number of days before {@code from}
     * @param oldestWorking the start of the oldest call with a flow that is still under way; null when there is none
     * @param rows in the order of their keys
     */
    public record Figures(
            LocalDate from,
            LocalDate to,
            Sums total,
            Sums before,
            @Nullable Instant oldestWorking,
            List<Row> rows) {}

    /**
     * Sums the days of a period, whose first and last day are included.
     *
     * @param client the only client whose calls are summed
     */
    public Figures sum(TenantScope scope, Optional<String> client, LocalDate from, LocalDate to, Grouping grouping) {
        var query = new DayQuery(scope, client, Optional.empty(), Optional.empty(), from, to);
        long length = ChronoUnit.DAYS.between(from, to) + 1;
        return tenancy.inTenant(scope.tenant(), () -> {
            List<DaySum> sums = days.sum(query, grouping);
            List<DaySum> before = days.sum(query.between(from.minusDays(length), from.minusDays(1)), Grouping.NONE);
            return new Figures(
                    from,
                    to,
                    Sums.of(sums),
                    Sums.of(before),
                    calls.findOldestWorking(scope, client).orElse(null),
                    rows(sums));
        });
    }

    private static List<Row> rows(List<DaySum> sums) {
        var byKey = new TreeMap<String, List<DaySum>>();
        sums.forEach(
                sum -> byKey.computeIfAbsent(sum.key(), _ -> new ArrayList<>()).add(sum));
        return byKey.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), Sums.of(entry.getValue())))
                .toList();
    }
}
