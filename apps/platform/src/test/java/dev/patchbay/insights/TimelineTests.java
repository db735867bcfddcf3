package dev.patchbay.insights;

import static dev.patchbay.insights.TimelineFixture.completeTimeline;
import static dev.patchbay.insights.TimelineFixture.items;
import static dev.patchbay.insights.TimelineFixture.kinds;
import static dev.patchbay.insights.TimelineFixture.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One search, one timeline across ingress, flows and providers. */
@PatchbayTest
class TimelineTests {

    @Test
    void aBookedCallIsOneTimelineFromItsWebhookToTheDeliveredText() {
        var caller = PhoneCalls.newCaller();
        String call = PhoneCalls.place(caller);
        var run = PhoneCalls.ended(call);

        var timeline = completeTimeline(call);

        assertThat(timeline.path("why").asString())
                .startsWith("Booked for ")
                .contains("contact saved in the CRM, appointment booked, text message sent to the carrier");
        assertThat(kinds(timeline))
                .contains(
                        "webhook.accepted",
                        "event",
                        "run.started",
                        "step",
                        "attempt",
                        "effect",
                        "run.ended",
                        "message.sms.status");
        assertThat(items(timeline))
                .extracting(item -> Instant.parse(item.path("at").asString()))
                .isSorted();
        assertThat(timeline.at("/subject/type").asString()).isEqualTo("callId");
        assertThat(timeline.path("correlationIds").toString())
                .contains(run.path("correlationId").asString());
        assertThat(timeline.path("complete").asBoolean()).isTrue();
        assertThat(timeline.path("next").isNull()).isTrue();
        var attempt = items(timeline).stream()
                .filter(item -> item.path("kind").asString().equals("attempt"))
                .findFirst()
                .orElseThrow();
        assertThat(attempt.path("title").asString())
                .matches("Attempt at contact: highlevel POST .*/contacts/ answered 201 in \\d+ ms");
        assertThat(attempt.at("/exchanges/0/provider").asString()).isEqualTo("highlevel");
        assertThat(items(timeline))
                .extracting(item -> item.at("/ref/href").asString())
                .allSatisfy(
                        href -> assertThat(TestEnvironment.get(href).status()).isEqualTo(200));
    }

    @Test
    void aTimelineIsFoundByEveryIdThatBelongsToIt() {
        var caller = PhoneCalls.newCaller();
        String phone = caller.path("from").asString();
        String call = PhoneCalls.place(caller);
        var run = PhoneCalls.ended(call);
        String contact = run.at("/steps/0/output/id").asString();
        String appointment = run.at("/steps/1/output/id").asString();
        String message = run.at("/steps/2/output/id").asString();
        String national = "(415) 555-" + phone.substring(8);
        String id = run.path("id").asString();
        String correlation = run.path("correlationId").asString();

        for (String[] search : new String[][] {
            {"phone", phone},
            {"phone", national},
            {"callId", call},
            {"correlationId", correlation},
            {"contactId", contact},
            {"appointmentId", appointment},
            {"messageId", message},
            {"runId", id},
            {"q", phone},
            {"q", "1 " + national},
            {"q", call},
            {"q", correlation},
            {"q", contact},
            {"q", appointment},
            {"q", message},
            {"q", id},
        }) {
            var timeline = timeline(search[0], search[1]);
            assertThat(items(timeline)).as(search[0] + " " + search[1]).anySatisfy(item -> {
                assertThat(item.path("kind").asString()).isEqualTo("run.started");
                assertThat(item.at("/ref/id").asString()).isEqualTo(id);
            });
            assertThat(timeline.path("why").asString()).startsWith("Booked for ");
        }
        assertThat(TestEnvironment.get("/api/v1/timeline?phone=" + phone)
                        .body()
                        .path("why")
                        .asString())
                .as("an unencoded plus sign")
                .startsWith("Booked for ");
    }

    @Test
    void aCallThatDidNotBookNamesTheReasonAndTheNextAction() {
        var first = PhoneCalls.newCaller();
        PhoneCalls.ended(PhoneCalls.place(first));
        var second = PhoneCalls.newCaller().put("slot", first.path("slot").asString());
        String call = PhoneCalls.place(second);
        PhoneCalls.ended(call);

        var timeline = timeline("callId", call);

        assertThat(timeline.path("why").asString())
                .matches("Not booked: .* is taken\\. Next: Offer the caller another time; the contact was kept\\.");
        assertThat(items(timeline))
                .extracting(item -> item.path("title").asString())
                .anyMatch(title -> title.matches("Booking refused: .* is taken\\."))
                .anyMatch(title -> title.matches("Flow book-from-call .* stopped and needs a person: .*"));
    }

    @Test
    void aLostResponseAndItsLookupAreShown() {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "google")
                        .put("operation", "events.insert")
                        .put("fault", "lost_response")
                        .put("times", 1)
                        .put("delayMs", 0));
        String call = PhoneCalls.place(PhoneCalls.newCaller());
        PhoneCalls.ended(call);

        assertThat(items(timeline("callId", call)))
                .extracting(item -> item.path("title").asString())
                .anyMatch(title -> title.matches("Attempt at booking: google POST .* got no response in \\d+ ms"))
                .contains("Outcome settled: Appointment booked (looked up at the provider)");
    }

    @Test
    void anAttemptThatSentNothingIsShown() {
        var caller = PhoneCalls.newCaller();
        caller.remove("slot");
        String call = PhoneCalls.place(caller);
        PhoneCalls.ended(call);

        assertThat(items(timeline("callId", call)))
                .extracting(item -> item.path("title").asString())
                .contains("Attempt at booking: no request was sent");
    }

    @Test
    void aCallWithoutAnAppointmentStartsNoFlow() {
        String call = PhoneCalls.place(PhoneCalls.newCaller().put("wantsAppointment", false));

        var timeline = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> timeline("callId", call),
                        it -> it.path("why").asString().startsWith("No flow ran"));

        assertThat(kinds(timeline)).containsOnly("webhook.accepted", "event", "trigger.missed");
        assertThat(timeline.path("why").asString()).contains(".call.analysis.custom.wants_appointment is false");
    }

    @Test
    void functionCallsOfTheAgentArePartOfTheTimeline() {
        var slot = ZonedDateTime.now(ZoneId.of("America/Chicago"))
                .plusWeeks(70)
                .with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
                .toLocalDate()
                .atTime(11, 0);
        var request = Json.object()
                .put("from", "+14155550791")
                .put("to", TestEnvironment.dev().at("/clients/0/phone").asString())
                .put("agentId", TestEnvironment.dev().at("/clients/0/agentId").asString())
                .put("inbound", true)
                .put("wantsAppointment", false);
        request.putArray("functions")
                .addObject()
                .put("name", "calendar.book")
                .set("args", Json.object().put("start", slot.toString()));
        String call = TestEnvironment.sandbox("calls", request).path("callId").asString();

        var timeline = await().atMost(Duration.ofSeconds(20))
                .until(() -> timeline("callId", call), it -> kinds(it).contains("event"));

        assertThat(kinds(timeline)).contains("live.function", "effect", "event");
        assertThat(timeline.path("why").asString()).startsWith("Booked during the call for ");
        assertThat(items(timeline("phone", "+14155550791")))
                .extracting(item -> item.path("title").asString())
                .anyMatch(title -> title.startsWith("The agent asked to book: done in "));
        String effect = items(timeline).stream()
                .filter(item -> item.path("kind").asString().equals("effect"))
                .map(item -> item.path("detail").asString().replace("provider id ", ""))
                .findFirst()
                .orElseThrow();
        assertThat(kinds(timeline("appointmentId", effect))).contains("live.function");
    }

    @Test
    void aTimelineIsReadInPages() {
        String call = PhoneCalls.place(PhoneCalls.newCaller());
        completeTimeline(call);
        var seen = new ArrayList<JsonNode>();
        String after = "";
        do {
            var page = TestEnvironment.get("/api/v1/timeline?callId=" + call + "&limit=4&after=" + after)
                    .body();
            assertThat(page.path("items").size()).isBetween(1, 4);
            seen.addAll(items(page));
            after = page.path("next").asString("");
        } while (!after.isEmpty());

        assertThat(seen).hasSizeGreaterThan(12).doesNotHaveDuplicates();
        assertThat(items(timeline("callId", call))).containsAll(seen);
    }
}
