package dev.patchbay.insights.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.flows.history.RunHistory.AttemptEntry;
import dev.patchbay.flows.history.RunHistory.ExchangeEntry;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.insights.Timeline.Item;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every kind of item, in a sentence. */
class TimelineRendererTests {

    private static final Instant LATER = TimelineDataFixture.START.plusSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "voice.call.inbound    | {}                                                        | Incoming call",
                "voice.call.ended      | {\"call\":{\"durationSeconds\":95}}                       | Call ended after 95 s",
                "voice.call.ended      | {}                                                        | Call ended",
                "voice.call.analyzed   | {\"erased\":true}                                         | Call analysed (personal data erased)",
                "voice.call.reanalyzed | {}                                                        | Call analysed again",
                "message.sms.status    | {\"message\":{\"status\":\"delivered\"}}                  | Text message delivered",
                "message.sms.status    | {\"message\":{\"status\":\"failed\",\"errorCode\":\"30003\"}} | Text message failed (carrier error 30003)",
                "crm.opportunity.stage_changed | {}                                                | Opportunity stage changed",
            })
    void anEventHasATitle(String type, String data, String title) {
        var items = items(
                new TimelineDataFixture().event(type, EventStatus.DONE, Json.read(data), null, Event.Origin.WEBHOOK));

        assertThat(items).extracting(Item::title).containsExactly("Webhook accepted: " + type, title);
    }

    @Test
    void aPolledEventHasNoWebhookAndAnEchoNamesItsRun() {
        JsonNode none = Json.object();

        assertThat(items(new TimelineDataFixture()
                        .event("crm.message.sent", EventStatus.DONE, none, null, Event.Origin.POLL)))
                .singleElement()
                .extracting(Item::title)
                .isEqualTo("Message sent (found by polling; no webhook arrived)");
        assertThat(items(new TimelineDataFixture()
                        .event("crm.contact.created", EventStatus.DONE, none, "run_1", Event.Origin.WEBHOOK)))
                .last()
                .satisfies(item -> {
                    assertThat(item.title()).isEqualTo("Contact created by Patchbay");
                    assertThat(item.detail()).isEqualTo("caused by run_1");
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
                "messaging.sendSms | failed | It is so.    | opted_out     | Text message not sent: opted out: It is so.",
                "messaging.sendMms | completed | -         | -             | MMS sent to the carrier for then",
                "messaging.checkNumber | completed | -     | -             | Number checked for then",
                "calendar.hold  | completed | -            | -             | Time held for then",
                "calendar.cancel | skipped  | -            | -             | Cancellation skipped because its condition was false",
                "crm.getContact | running   | -            | -             | Reading the contact is in progress",
                "crm.findContact | waiting  | Again.       | -             | Reading the contact is waiting: Again.",
                "messaging.sendSms | completed | -         | -             | Text message sent to the carrier for then",
                "person.approve | completed | -            | -             | person.approve completed for then",
                "crm.upsertContact | completed | -         | -             | Contact saved in the CRM for then",
                "crm.upsertOpportunity | completed | -     | -             | Opportunity saved in the CRM for then",
                "crm.addNote    | completed | -            | -             | Note added in the CRM for then",
                "calendar.findSlots | completed | -        | -             | Free times read from the calendar for then",
                "calendar.find  | completed | -            | -             | Appointments read from the calendar for then",
                "calendar.move  | completed | -            | -             | Appointment moved for then",
                "notify.email   | completed | -            | -             | Mail queued for then",
                "-              | completed | ignored      | -             | Step it completed",
                "-              | failed    | Said so.     | -             | Step it failed: Said so.",
            })
    void aStepHasATitle(
            @Nullable String call, String status, @Nullable String detail, @Nullable String reason, String title) {
        var items = items(new TimelineDataFixture()
                .run("run_1", "running", null, null)
                .step("run_1", "it", call, status, detail, reason, "then"));

        assertThat(items).last().extracting(Item::title).isEqualTo(title);
    }

    @Test
    void anAttemptNamesTheProvidersResponse() {
        var answered = new ExchangeEntry("google", "POST", "/events", 409, null, 35);
        var lost = new ExchangeEntry("google", "POST", "/events", null, "no answer in time", 10_000);

        assertThat(attempt("gave-up NO_SLOT", answered).title())
                .isEqualTo("Attempt at it: google POST /events answered 409 in 35 ms");
        assertThat(attempt("gave-up NO_SLOT", answered).detail()).isEqualTo("The time the caller wanted is not free.");
        assertThat(attempt("gave-up NO_SLOT", answered).status()).isEqualTo("failed");
        assertThat(attempt("again 5310 PROVIDER_DOWN", answered).detail())
                .isEqualTo(
                        "The provider could not be reached, or failed, for as long as we tried. It is tried again after"
                                + " 5.4 s.");
        assertThat(attempt("again 0 AUTH_EXPIRED", answered).detail()).endsWith(" It is tried again at once.");
        assertThat(attempt("later 500", answered).detail())
                .isEqualTo("It is decided later: checked again after 0.5 s.");
        assertThat(attempt("ask", answered).detail()).isEqualTo("Only a person can find out whether it was done.");
        assertThat(attempt("later 500", answered, lost).title())
                .isEqualTo("Attempt at it: google POST /events got no response in 10000 ms");
        assertThat(attempt("done").title()).isEqualTo("Attempt at it: no request was sent");
        assertThat(attempt("done").detail()).isNull();
        assertThat(attempt("done", answered, lost).exchanges()).hasSize(2);
    }

    private static Item attempt(String outcome, ExchangeEntry... exchanges) {
        var attempt = new AttemptEntry(new RunId("run_1"), "/do/it", 7, LATER, 40, outcome, List.of(exchanges));
        return items(new TimelineDataFixture()
                        .run("run_1", "running", null, null)
                        .step("run_1", "it", "calendar.book", "running", null)
                        .attempt(attempt))
                .getLast();
    }

    @Test
    void anAttemptWithoutItsStepIsNamedByThePointer() {
        var attempt = new AttemptEntry(new RunId("run_1"), "/do/0/it", 7, LATER, 40, "done", List.of());

        assertThat(items(new TimelineDataFixture()
                        .run("run_1", "running", null, null)
                        .attempt(attempt)))
                .last()
                .extracting(Item::title)
                .isEqualTo("Attempt at /do/0/it: no request was sent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "DONE    | false | false | evt1 | Outcome settled: Appointment booked",
                "DONE    | true  | false | evt1 | Outcome settled: Appointment booked (looked up at the provider)",
                "FAILED  | false | false | -    | Outcome settled: Booking refused",
                "UNKNOWN | false | false | -    | Outcome unknown: Patchbay will look up whether the appointment was booked",
                "UNKNOWN | false | true  | -    | Outcome unknown: a person must check whether the appointment was booked",
                "PLANNED | false | false | -    | Outcome not known yet: the provider has not confirmed whether the appointment was booked",
            })
    void anEffectNamesItsState(
            EffectState state, boolean lookedUp, boolean parked, @Nullable String providerId, String title) {
        var ofRun = effect(new EffectOrigin.Run(new RunId("run_1")), "/do/it", state, lookedUp, parked, providerId);
        var ofCall = effect(new EffectOrigin.LiveCall("call_1"), "calendar.book", state, lookedUp, parked, providerId);

        var items = items(new TimelineDataFixture()
                .run("run_1", "running", null, null)
                .step("run_1", "it", "calendar.book", "running", null)
                .invocation("calendar.book", "pending", null)
                .effect(ofRun)
                .effect(ofCall));

        assertThat(items)
                .filteredOn(item -> item.kind().equals("effect"))
                .hasSize(2)
                .allSatisfy(item -> {
                    assertThat(item.title()).isEqualTo(title);
                    assertThat(item.detail()).isEqualTo(providerId == null ? "why" : "provider id evt1");
                    assertThat(item.correlationId()).isEqualTo("cor_1");
                });
        assertThat(Objects.requireNonNull(items.getLast()).ref().href()).isNotBlank();
    }

    private static EffectStatus effect(
            EffectOrigin origin,
            String place,
            EffectState state,
            boolean lookedUp,
            boolean parked,
            @Nullable String providerId) {
        boolean settled = state == EffectState.DONE || state == EffectState.FAILED;
        return new EffectStatus(
                origin.text() + "/it/0/0",
                origin,
                place,
                state,
                lookedUp,
                parked,
                false,
                false,
                providerId,
                "why",
                LATER,
                settled ? LATER : null);
    }

    @Test
    void aFunctionCallOfTheAgentHasATitle() {
        assertThat(items(new TimelineDataFixture()
                        .invocation("calendar.findSlots", "done", null)
                        .invocation("calendar.hold", "taken", null)
                        .invocation("calendar.book", "pending", null)
                        .invocation("calendar.find", "done", null)
                        .invocation("calendar.move", "done", null)
                        .invocation("calendar.cancel", "done", null)
                        .invocation("calendar.release", "done", null)
                        .invocation("weather", "unclear", null)))
                .extracting(Item::title)
                .containsExactly(
                        "The agent asked for free times: done in 5 ms",
                        "The agent asked to hold a time: taken in 5 ms",
                        "The agent asked to book: pending in 5 ms",
                        "The agent looked for the caller's appointments: done in 5 ms",
                        "The agent asked to move an appointment: done in 5 ms",
                        "The agent asked to cancel an appointment: done in 5 ms",
                        "The agent asked to release a held time: done in 5 ms",
                        "The agent asked for weather: unclear in 5 ms");
    }

    @Test
    void anEndedRunNamesItsStatusAndCause() {
        assertThat(items(new TimelineDataFixture().run("run_1", "parked", "It is taken.", "Offer another time.")))
                .extracting(Item::title)
                .containsExactly("Flow book 1.0.0 started", "Flow book 1.0.0 stopped and needs a person: It is taken.");
        assertThat(items(new TimelineDataFixture().run("run_1", "cancelled", null, null)))
                .last()
                .extracting(Item::title)
                .isEqualTo("Flow book 1.0.0 was cancelled");
        assertThat(items(new TimelineDataFixture().run("run_1", "completed", null, null)))
                .last()
                .extracting(Item::title)
                .isEqualTo("Flow book 1.0.0 completed");
    }

    private static List<Item> items(TimelineDataFixture fixture) {
        return new TimelineRenderer(fixture.build())
                .render().stream().map(TimelineRow::item).toList();
    }
}
