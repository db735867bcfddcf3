package dev.patchbay.insights.calls;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * A filter that selects the calls to list or to count.
 *
 * @param outcomes the outcomes to select; empty for all
 * @param reason a code such as {@code no_slot}
 * @param needsPerson only those that need a person
 * @param callBack only those whose caller should be called back: they need a person or got no time, and no person has handled
 *     them
 * @param from the first day, in the client's time zone
 * @param to the last day, in the client's time zone
 * @param search a number or its beginning, a name, or an id
 */
public record CallFilter(
        Optional<String> client,
        Set<CallOutcome> outcomes,
        Optional<String> reason,
        boolean needsPerson,
        boolean callBack,
        Optional<String> flow,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        Optional<String> search) {

    /** Returns a filter that selects all calls, or those of one client. */
    public static CallFilter ofClient(Optional<String> client) {
        return new CallFilter(
                client,
                Set.of(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    CallFilter withOutcome(CallOutcome outcome) {
        return new CallFilter(client, Set.of(outcome), reason, needsPerson, callBack, flow, from, to, search);
    }

    CallFilter thatNeedPerson() {
        return new CallFilter(client, outcomes, reason, true, callBack, flow, from, to, search);
    }

    CallFilter toCallBack() {
        return new CallFilter(client, outcomes, reason, needsPerson, true, flow, from, to, search);
    }
}
