package dev.patchbay.insights.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.insights.calls.CallFilter;
import dev.patchbay.insights.calls.CallOutcome;
import dev.patchbay.insights.calls.CallView;
import dev.patchbay.insights.calls.Calls;
import dev.patchbay.insights.calls.Calls.Reader;
import dev.patchbay.insights.calls.HandledCalls;
import dev.patchbay.insights.calls.HandledHow;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Serves calls with their outcomes. Days are in the time zone of the call's client. */
@RestController
@RequestMapping("/api/v1/calls")
class CallController {

    private static final int MAX_SEARCH_LENGTH = 100;
    private static final int MAX_NOTE_LENGTH = 500;

    private final Calls calls;
    private final HandledCalls handled;

    CallController(Calls calls, HandledCalls handled) {
        this.calls = calls;
        this.handled = handled;
    }

    /** @param note a note for colleagues, at most 500 characters */
    record HandledRequest(
            @Nullable HandledHow how, @Nullable String note) {}

    @Requires({"read:runs", "read:events"})
    @GetMapping
    Page<CallView> list(
            Caller caller,
            @RequestParam Optional<String> q,
            @RequestParam Optional<String> client,
            @RequestParam(defaultValue = "") List<String> outcome,
            @RequestParam Optional<String> reason,
            @RequestParam(defaultValue = "false") boolean needsPerson,
            @RequestParam(defaultValue = "false") boolean callBack,
            @RequestParam Optional<String> flow,
            @RequestParam Optional<LocalDate> from,
            @RequestParam Optional<LocalDate> to,
            @RequestParam Optional<String> after,
            @RequestParam(defaultValue = "50") int limit) {
        var filter = new CallFilter(
                client,
                outcomes(outcome),
                reason,
                needsPerson,
                callBack,
                flow,
                from.map(DayParameter::require),
                to.map(DayParameter::require),
                search(q));
        return calls.list(caller.scope(), readerOf(caller), filter, after.filter(cursor -> !cursor.isEmpty()), limit);
    }

    @Requires({"read:runs", "read:events"})
    @GetMapping("/counts")
    Calls.Counts counts(
            Caller caller,
            @RequestParam Optional<String> q,
            @RequestParam Optional<String> client,
            @RequestParam Optional<String> reason,
            @RequestParam(defaultValue = "false") boolean needsPerson,
            @RequestParam(defaultValue = "false") boolean callBack,
            @RequestParam Optional<String> flow,
            @RequestParam Optional<LocalDate> from,
            @RequestParam Optional<LocalDate> to) {
        var filter = new CallFilter(
                client,
                Set.of(),
                reason,
                needsPerson,
                callBack,
                flow,
                from.map(DayParameter::require),
                to.map(DayParameter::require),
                search(q));
        return calls.countByOutcome(caller.scope(), filter);
    }

    @Requires({"read:runs", "read:events"})
    @GetMapping("/{callId}")
    CallView get(Caller caller, @PathVariable String callId) {
        return calls.find(caller.scope(), readerOf(caller), callId).orElseThrow(() -> missing(callId));
    }

    @Requires("run:flows")
    @PostMapping("/{callId}/handled")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void markHandled(Caller caller, @PathVariable String callId, @RequestBody HandledRequest request) {
        String note = request.note();
        HandledHow how = request.how();
        if (how == null || (note != null && note.length() > MAX_NOTE_LENGTH)) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "Say how: called_back, not_needed or booked_by_hand; a note has at most " + MAX_NOTE_LENGTH
                            + " characters.");
        }
        handled.mark(caller.scope(), caller.subject(), callId, how, note);
    }

    @Requires("run:flows")
    @DeleteMapping("/{callId}/handled")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unmarkHandled(Caller caller, @PathVariable String callId) {
        handled.unmark(caller.scope(), caller.subject(), callId);
    }

    private static Problem missing(String callId) {
        return new Problem(ProblemType.NOT_FOUND, "There is no call " + callId + ".");
    }

    /**
     * Returns the kind of reader. People who may see the flows of the whole agency read about providers and runs, all others
     * about outcomes.
     */
    private static Reader readerOf(Caller caller) {
        return caller.scopes()
                .findScope(Permission.of("read:flows"))
                .filter(TenantScope::isWholeTenant)
                .map(_ -> Reader.AGENCY)
                .orElse(Reader.CLIENT);
    }

    private static Set<CallOutcome> outcomes(List<String> codes) {
        var outcomes = new TreeSet<CallOutcome>();
        codes.stream()
                .filter(code -> !code.isEmpty())
                .map(CallController::outcome)
                .forEach(outcomes::add);
        return outcomes;
    }

    private static CallOutcome outcome(String code) {
        return Arrays.stream(CallOutcome.values())
                .filter(outcome -> outcome.code().equals(code.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "The parameter outcome is booked, not_booked, needs_person, working, no_request or undone."));
    }

    /** Returns the text to search for. A plus sign that was not URL-encoded arrives as a space and is restored. */
    private static Optional<String> search(Optional<String> written) {
        return written.filter(text -> !text.isBlank())
                .map(text -> text.startsWith(" ") ? "+" + text.strip() : text.strip())
                .map(CallController::requireShort);
    }

    private static String requireShort(String text) {
        if (text.length() > MAX_SEARCH_LENGTH) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "The search has at most " + MAX_SEARCH_LENGTH + " characters.");
        }
        return text;
    }
}
