package dev.patchbay.flows;

import dev.patchbay.testing.FailureFixture;
import java.util.List;
import java.util.function.UnaryOperator;

/** Failures of runs: how each is brought about, and what its sentence must hold. */
final class Failures {

    private Failures() {}

    /**
     * @param what goes wrong
     * @param words that the sentence must have
     */
    record Failure(String what, String code, UnaryOperator<FailureFixture> how, List<String> words) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static Failure failure(String what, String code, UnaryOperator<FailureFixture> how, String... words) {
        return new Failure(what, code, how, List.of(words));
    }

    static List<Failure> failures() {
        return List.of(
                failure(
                        "provider answers 500",
                        "provider_down",
                        s -> s.failFreeBusy("500", 3).book(),
                        "Google Calendar",
                        "500"),
                failure(
                        "connection is refused",
                        "provider_down",
                        s -> s.twilioAt("http://127.0.0.1:1").text("Hello"),
                        "Twilio",
                        "refused"),
                failure(
                        "provider is slow",
                        "provider_down",
                        s -> s.delayFreeBusy(3).book(),
                        "Google Calendar",
                        "timeout"),
                failure(
                        "provider answers with an empty body",
                        "provider_down",
                        s -> s.failFreeBusy("hollow", 3).book(),
                        "Google Calendar",
                        "events.list.response"),
                failure(
                        "token endpoint is not reached",
                        "provider_down",
                        s -> s.googleAt("http://127.0.0.1:1").book(),
                        "Google",
                        "token"),
                failure(
                        "rate limited",
                        "rate_limited",
                        s -> s.failFreeBusy("429", 3).book(),
                        "Google Calendar",
                        "429",
                        "fewer requests"),
                failure(
                        "access revoked",
                        "auth_expired",
                        s -> s.googleRevoked().book(),
                        "Google",
                        "connect",
                        "invalid_client"),
                failure(
                        "refused after renewal",
                        "auth_expired",
                        s -> s.googleCopied().failFreeBusy("401", 2).book(),
                        "Google Calendar",
                        "credentials",
                        "renewed"),
                failure(
                        "wrong password",
                        "auth_expired",
                        s -> s.twilioWithWrongToken().text("Hello"),
                        "Twilio",
                        "credentials"),
                failure(
                        "connection is broken",
                        "auth_expired",
                        s -> s.twilioWithWrongToken().text("Hello").text("Again"),
                        "Twilio",
                        "enter them again"),
                failure(
                        "no connection is bound",
                        "bad_input",
                        FailureFixture::unboundBook,
                        "calendar",
                        "calendar.book",
                        "cli_"),
                failure(
                        "bound to the wrong port",
                        "bad_input",
                        FailureFixture::contactAtTheWrongConnection,
                        "con_twilio",
                        "crm"),
                failure(
                        "slot is taken",
                        "no_slot",
                        s -> s.book().book(),
                        "Google Calendar",
                        "America/Chicago",
                        "is taken"),
                failure(
                        "slot is past",
                        "no_slot",
                        s -> s.book("2020-01-06T10:00:00-06:00"),
                        "in the past",
                        "2020-01-06T10:00-06:00"),
                failure("slot is absent", "bad_input", s -> s.book(null), "start", "null"),
                failure(
                        "calendar is not shared",
                        "bad_input",
                        s -> s.calendar("gone@example.com").book(),
                        "gone@example.com"),
                failure(
                        "contact is unknown",
                        "bad_input",
                        s -> s.run("crm.getContact, with: { id: con_none }"),
                        "HighLevel",
                        "con_none",
                        "Contact not found"),
                failure(
                        "contact without phone",
                        "bad_input",
                        s -> s.run("crm.upsertContact, with: { phone: \"${ $event.none }\" }"),
                        "phone or email"),
                failure("phone is not a number", "bad_input", s -> s.textTo("call me"), "to", "call me", "E.164"),
                failure("text is empty", "bad_input", s -> s.text(""), "text", "empty"),
                failure("text is too long", "bad_input", s -> s.text("x".repeat(1700)), "1700 characters", "1600"),
                failure(
                        "sender is not our number",
                        "bad_input",
                        s -> s.sender("+13125550199").text("Hello"),
                        "Twilio",
                        "From",
                        "21606"),
                failure(
                        "expression fails",
                        "bad_input",
                        s -> s.run("crm.getContact, with: { id: \"${ $event.from + 1 }\" }"),
                        "$event.from + 1"),
                failure(
                        "answer lost and lookup fails",
                        "unknown_outcome",
                        s -> s.loseBookingResponse().failBookingLookup().book(),
                        "Google Calendar",
                        "could not be found out",
                        "500"),
                failure(
                        "answer lost and not looked up",
                        "unknown_outcome",
                        s -> s.loseBookingResponse().bookOnUnknown("fail"),
                        "Google Calendar",
                        "booking",
                        "answer was lost"),
                failure(
                        "answer lost and a person is asked",
                        "unknown_outcome",
                        s -> s.loseBookingResponse().bookOnUnknown("ask"),
                        "Google Calendar",
                        "booking",
                        "answer was lost"),
                failure(
                        "booking was cancelled meanwhile",
                        "unknown_outcome",
                        FailureFixture::cancelledAtGoogle,
                        "cancelled in Google Calendar"),
                failure(
                        "flow took too long",
                        "bad_input",
                        s -> s.flow(
                                "timeout: { after: { milliseconds: 300 } }\ndo:\n  - nap: { wait: { hours: 1 } }\n"),
                        "flow",
                        "nap"),
                failure(
                        "step took too long",
                        "provider_down",
                        s -> s.failFreeBusy("500", 20).bookWithin(300),
                        "time limit of “step”",
                        "500"),
                failure(
                        "flow loops",
                        "bad_input",
                        s -> s.flow("do:\n  - round: { set: { a: 1 }, then: round }\n"),
                        "1,000",
                        "round"),
                failure(
                        "author raises",
                        "raised",
                        s -> s.flow(
                                "do:\n  - closed: { raise: { error: { type: \"https://x.example/closed\", status: 400,"
                                        + " detail: We are closed on Sundays } } }\n"),
                        "We are closed on Sundays"),
                failure(
                        "author raises without a detail",
                        "raised",
                        s -> s.flow(
                                "do:\n  - closed: { raise: { error: { type: \"https://x.example/closed\", status: 400 } } }\n"),
                        "https://x.example/closed"),
                failure("person rejects", "rejected", FailureFixture::rejected, "rejected", "step", "too dear"),
                failure(
                        "approval is not answered",
                        "bad_input",
                        s -> s.askWithin(300),
                        "was not answered",
                        "Is that fine?"));
    }
}
