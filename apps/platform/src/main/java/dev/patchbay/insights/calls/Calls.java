package dev.patchbay.insights.calls;

import dev.patchbay.insights.calls.CallDayRepository.DaySum;
import dev.patchbay.insights.calls.CallFigures.Grouping;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Lists, finds and counts calls for people. */
@Service
public class Calls {

    /** The largest page. */
    public static final int MAX_PAGE = 100;

    /** The number up to which calls are counted when no sum of days contains the count. */
    public static final int MAX_COUNT = 1_000;

    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final CallQueryRepository calls;
    private final CallDayRepository days;
    private final Tenancy tenancy;

    Calls(CallQueryRepository calls, CallDayRepository days, Tenancy tenancy) {
        this.calls = calls;
        this.days = days;
        this.tenancy = tenancy;
    }

    /** The kind of reader for whom a call is described. */
    public enum Reader {
        /** People of the agency, who read about providers, runs and flows. */
        AGENCY,
        /** People of a client, who read about the outcome and the next step. */
        CLIENT
    }

    /**
     * @param by the number of calls with each outcome, regardless of the outcomes that the filter names
     * @param needsPerson calls within the filter that need a person, up to {@value #MAX_COUNT}
     * @param callBacks callers within the filter who should be called back, up to {@value #MAX_COUNT}
     * @param capped whether a count reached {@value #MAX_COUNT} and may be larger
     */
    public record Counts(Map<CallOutcome, Long> by, long needsPerson, long callBacks, boolean capped) {}

    /**
     * Lists calls, the newest first.
     *
     * @param after the {@code next} of the previous page
     * @param limit the size of the page, reduced or raised to lie between 1 and {@value #MAX_PAGE}
     */
    public Page<CallView> list(TenantScope scope, Reader reader, CallFilter filter, Optional<String> after, int limit) {
        int size = Math.clamp(limit, 1, MAX_PAGE);
        var conditions = CallConditions.of(scope, filter).limit(size + 1);
        after.map(CallCursor::read).ifPresent(conditions::after);
        List<CallView> found = tenancy.inTenant(scope.tenant(), () -> calls.find(conditions));
        return Page.of(
                found.stream().map(call -> describe(call, reader)).toList(),
                size,
                call -> CallCursor.of(call).toString());
    }

    /** Returns the call when it is within the scope. */
    public Optional<CallView> find(TenantScope scope, Reader reader, String callId) {
        return tenancy.inTenant(scope.tenant(), () -> calls.find(scope, callId)).map(call -> describe(call, reader));
    }

    private static CallView describe(CallView call, Reader reader) {
        return reader == Reader.AGENCY ? call : call.forClient();
    }

    /** Counts calls by outcome. The counts come from the sums of days, unless the filter asks for single calls. */
    public Counts countByOutcome(TenantScope scope, CallFilter filter) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Map<CallOutcome, Long> by = isSummed(filter) ? sumDays(scope, filter) : countCalls(scope, filter);
            long needsPerson = count(scope, filter.thatNeedPerson());
            long callBacks = count(scope, filter.toCallBack());
            Stream<Long> single = isSummed(filter) ? Stream.of() : by.values().stream();
            boolean capped = isCapped(Stream.concat(single, Stream.of(needsPerson, callBacks)));
            return new Counts(by, needsPerson, callBacks, capped);
        });
    }

    static boolean isCapped(Stream<Long> counts) {
        return counts.anyMatch(count -> count >= MAX_COUNT);
    }

    /** Counts the calls that wait for an approval or for a person to find out what happened, up to {@value #MAX_COUNT}. */
    public long countQuestions(TenantScope scope, CallFilter filter) {
        return tenancy.inTenant(scope.tenant(), () -> count(scope, filter.withOutcome(CallOutcome.NEEDS_PERSON)));
    }

    /** Counts the callers who should be called back, up to {@value #MAX_COUNT}. */
    public long countCallBacks(TenantScope scope, CallFilter filter) {
        return tenancy.inTenant(scope.tenant(), () -> count(scope, filter.toCallBack()));
    }

    private static boolean isSummed(CallFilter filter) {
        return filter.search().isEmpty() && !filter.needsPerson() && !filter.callBack();
    }

    private Map<CallOutcome, Long> sumDays(TenantScope scope, CallFilter filter) {
        var query = new DayQuery(
                scope,
                filter.client(),
                filter.reason(),
                filter.flow(),
                filter.from().orElse(FIRST_DAY),
                filter.to().orElse(LAST_DAY));
        var counts = zeros();
        for (DaySum sum : days.sum(query, Grouping.NONE)) {
            counts.put(sum.outcome(), sum.calls());
        }
        return counts;
    }

    private static Map<CallOutcome, Long> zeros() {
        var counts = new EnumMap<CallOutcome, Long>(CallOutcome.class);
        for (CallOutcome outcome : CallOutcome.values()) {
            counts.put(outcome, 0L);
        }
        return counts;
    }

    private Map<CallOutcome, Long> countCalls(TenantScope scope, CallFilter filter) {
        var counts = zeros();
        counts.replaceAll((outcome, none) -> count(scope, filter.withOutcome(outcome)));
        return counts;
    }

    private long count(TenantScope scope, CallFilter filter) {
        return calls.count(CallConditions.of(scope, filter).limit(MAX_COUNT));
    }
}
