package dev.patchbay.insights.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.flows.RunHistory.AttemptTrail;
import dev.patchbay.flows.RunHistory.EffectTrail;
import dev.patchbay.flows.RunHistory.ExchangeTrail;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.insights.Timeline.Item;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every kind of line, in words. */
class TimelineRendererTests {

    private static final Instant LATER = Pieces.START.plusSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "voice.call.inbound    | {}                                                        | Call rings",
                "voice.call.ended      | {\"call\":{\"durationSeconds\":95}}                       | Call ended after 95 s",
                "voice.call.ended      | {}                                                        | Call ended",
                "voice.call.analyzed   | {\"erased\":true}                                         | Call analysed (what it told was erased)",
                "message.sms.status    | {\"message\":{\"status\":\"delivered\"}}                  | Text delivered",
                "message.sms.status    | {\"message\":{\"status\":\"failed\",\"errorCode\":\"30003\"}} | Text failed (the carrier's error 30003)",
                "crm.opportunity.stage_changed | {}                                                | Opportunity stage changed",
            })
    void aFactIsSaidInWords(String type, String data, String title) {
        var items = items(new Pieces().event(type, EventStatus.DONE, Json.read(data), null, Event.Origin.WEBHOOK));

        assertThat(items).extracting(Item::title).containsExactly("Webhook accepted: " + type, title);
    }

    @Test
    void whatAskingFoundHasNoWebhookAndAnEchoItsRun() {
        JsonNode none = Json.object();

        assertThat(items(new Pieces().event("crm.message.sent", EventStatus.DONE, none, null, Event.Origin.POLL)))
                .singleElement()
                .extracting(Item::title)
                .isEqualTo("Message sent (no webhook told of it; found by asking)");
        assertThat(items(new Pieces()
                        .event("crm.contact.created", EventStatus.DONE, none, "run_1", Event.Origin.WEBHOOK)))
                .last()
                .satisfies(item -> {
                    assertThat(item.title()).isEqualTo("Contact created, by an act of our own");
                    assertThat(item.detail()).isEqualTo("brought about by run_1");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "calendar.book  | failed    | It is taken. | no_slot       | Booking refused: It is taken.",
                "calendar.book  | failed    | Google away. | provider_down | Booking failed: Google away.",
                "calendar.book  | failed    | -            | -             | Booking failed",
                "calendar.hold  | completed | -            | -             | Time held for then",
                "calendar.cancel | skipped  | -            | -             | Cancellation skipped, because its condition did not hold",
                "crm.getContact | running   | -            | -             | Reading the contact is under way",
                "crm.findContact | waiting  | Again.       | -             | Reading the contact waits: Again.",
                "messaging.sendSms | completed | -         | -             | Text handed to the carrier for then",
                "person.approve | completed | -            | -             | person.approve done for then",
                "-              | completed | ignored      | -             | Step it done",
                "-              | failed    | Said so.     | -             | Step it failed: Said so.",
            })
    void aStepIsSaidInWords(
            @Nullable String call, String status, @Nullable String detail, @Nullable String reason, String title) {
        var items = items(new Pieces()
                .run("run_1", "running", null, null)
                .step("run_1", "it", call, status, detail, reason, "then"));

        assertThat(items).last().extracting(Item::title).isEqualTo(title);
    }

    @Test
    void anAttemptSaysWhatTheProviderAnswered() {
        var answered = new ExchangeTrail("google", "POST", "/events", 409, null, 35);
        var lost = new ExchangeTrail("google", "POST", "/events", null, "no answer in time", 10_000);

        assertThat(attempt("gave-up NO_SLOT", answered).title())
                .isEqualTo("Attempt at it: google POST /events answered 409 in 35 ms");
        assertThat(attempt("gave-up NO_SLOT", answered).detail()).isEqualTo("outcome: gave-up NO_SLOT");
        assertThat(attempt("later 500", answered, lost).title())
                .isEqualTo("Attempt at it: google POST /events brought no answer in 10000 ms");
        assertThat(attempt("done").title()).isEqualTo("Attempt at it: nothing was sent");
        assertThat(attempt("done").detail()).isNull();
        assertThat(attempt("done", answered, lost).exchanges()).hasSize(2);
    }

    private static Item attempt(String outcome, ExchangeTrail... exchanges) {
        var attempt = new AttemptTrail("run_1", "/do/it", 7, LATER, 40, outcome, List.of(exchanges));
        return items(new Pieces()
                        .run("run_1", "running", null, null)
                        .step("run_1", "it", "calendar.book", "running", null)
                        .attempt(attempt))
                .getLast();
    }

    @Test
    void anAttemptWhoseStepIsNoLongerReadIsNamedByItsPlace() {
        var attempt = new AttemptTrail("run_1", "/do/0/it", 7, LATER, 40, "done", List.of());

        assertThat(items(new Pieces().run("run_1", "running", null, null).attempt(attempt)))
                .last()
                .extracting(Item::title)
                .isEqualTo("Attempt at /do/0/it: nothing was sent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "DONE    | false | false | evt1 | Settled: Appointment booked",
                "DONE    | true  | false | evt1 | Settled: Appointment booked, as the provider said when asked",
                "FAILED  | false | false | -    | Settled: Booking refused",
                "UNKNOWN | false | false | -    | Nobody knows whether the appointment was booked yet; it will be looked up",
                "UNKNOWN | false | true  | -    | Nobody knows whether the appointment was booked; a person has to look",
                "PLANNED | false | false | -    | Not settled yet: whether the appointment was booked",
            })
    void anEffectSaysHowItStands(
            String state, boolean lookedUp, boolean parked, @Nullable String providerId, String title) {
        boolean settled = state.equals("DONE") || state.equals("FAILED");
        var ofRun = new EffectTrail(
                "run_1",
                "run_1/it/0/0",
                "/do/it",
                state,
                lookedUp,
                parked,
                providerId,
                "why",
                LATER,
                settled ? LATER : null);
        var live = new EffectTrail(
                "live:call_1",
                "live:call_1/x/0/0",
                "calendar.book",
                state,
                lookedUp,
                parked,
                providerId,
                "why",
                LATER,
                settled ? LATER : null);

        var items = items(new Pieces()
                .run("run_1", "running", null, null)
                .step("run_1", "it", "calendar.book", "running", null)
                .live("calendar.book", "pending", null)
                .effect(ofRun)
                .effect(live));

        assertThat(items)
                .filteredOn(item -> item.kind().equals("effect"))
                .hasSize(2)
                .allSatisfy(item -> {
                    assertThat(item.title()).isEqualTo(title);
                    assertThat(item.detail()).isEqualTo(providerId == null ? "why" : "the provider's id is evt1");
                    assertThat(item.correlationId()).isEqualTo("cor_1");
                });
        assertThat(Objects.requireNonNull(items.getLast()).ref().href()).isNotBlank();
    }

    @Test
    void whatTheAgentAskedIsSaidInWords() {
        assertThat(items(new Pieces()
                        .live("calendar.findSlots", "done", null)
                        .live("calendar.hold", "taken", null)
                        .live("calendar.book", "pending", null)
                        .live("weather", "unclear", null)))
                .extracting(Item::title)
                .containsExactly(
                        "The agent asked for free times: done in 5 ms",
                        "The agent asked to hold a time: taken in 5 ms",
                        "The agent asked to book: pending in 5 ms",
                        "The agent asked for weather: unclear in 5 ms");
    }

    @Test
    void aRunThatEndedSaysHow() {
        assertThat(items(new Pieces().run("run_1", "parked", "It is taken.", "Offer another time.")))
                .extracting(Item::title)
                .containsExactly(
                        "Flow book 1.0.0 started", "Flow book 1.0.0 stopped and waits for a person: It is taken.");
        assertThat(items(new Pieces().run("run_1", "completed", null, null)))
                .last()
                .extracting(Item::title)
                .isEqualTo("Flow book 1.0.0 completed");
    }

    private static List<Item> items(Pieces pieces) {
        return new TimelineRenderer(pieces.gathered())
                .all().stream().map(TimelineRenderer.Line::item).toList();
    }
}
