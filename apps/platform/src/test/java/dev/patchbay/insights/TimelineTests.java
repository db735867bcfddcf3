package dev.patchbay.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.iam.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.World;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** One question, one ordered answer across ingress, flows and providers. */
@PatchbayTest
class TimelineTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    @Autowired
    private Timelines timelines;

    @Autowired
    private ServiceTokens tokens;

    @Test
    void aBookedCallIsOneStoryFromItsWebhooksToTheTextsDelivery() {
        var caller = PhoneCalls.newCaller();
        String call = PhoneCalls.place(caller);
        var run = PhoneCalls.ended(call);

        var timeline = whole(call);

        assertThat(timeline.path("why").asString())
                .startsWith("Booked for ")
                .contains("contact kept in the CRM, appointment booked, text handed to the carrier");
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
                .matches("Attempt at contact: highlevel POST .*/contacts/upsert answered 200 in \\d+ ms");
        assertThat(attempt.at("/exchanges/0/provider").asString()).isEqualTo("highlevel");
        assertThat(items(timeline))
                .extracting(item -> item.at("/ref/href").asString())
                .allSatisfy(href -> assertThat(World.get(href).status()).isEqualTo(200));
    }

    @Test
    void theStoryIsFoundByWhateverBelongsToIt() {
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

        for (String[] question : new String[][] {
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
            var timeline = ask(question[0], question[1]);
            assertThat(items(timeline)).as(question[0] + " " + question[1]).anySatisfy(item -> {
                assertThat(item.path("kind").asString()).isEqualTo("run.started");
                assertThat(item.at("/ref/id").asString()).isEqualTo(id);
            });
            assertThat(timeline.path("why").asString()).startsWith("Booked for ");
        }
        assertThat(World.get("/api/v1/timeline?phone=" + phone)
                        .body()
                        .path("why")
                        .asString())
                .as("an unencoded plus sign")
                .startsWith("Booked for ");
    }

    @Test
    void aCallThatDidNotBookSaysWhyAndWhatToDo() {
        var first = PhoneCalls.newCaller();
        PhoneCalls.ended(PhoneCalls.place(first));
        var second = PhoneCalls.newCaller().put("slot", first.path("slot").asString());
        String call = PhoneCalls.place(second);
        PhoneCalls.ended(call);

        var timeline = ask("callId", call);

        assertThat(timeline.path("why").asString())
                .matches("Not booked: .* is taken\\. Next: Offer the caller another time; the contact was kept\\.");
        assertThat(items(timeline))
                .extracting(item -> item.path("title").asString())
                .anyMatch(title -> title.matches("Booking refused: .* is taken\\."))
                .anyMatch(title -> title.matches("Flow book-from-call .* stopped and waits for a person: .*"));
    }

    @Test
    void aLostAnswerIsSeenAndHowItWasSettled() {
        World.sandbox(
                "faults",
                Json.object()
                        .put("provider", "google")
                        .put("operation", "events.insert")
                        .put("fault", "lost_response")
                        .put("times", 1)
                        .put("delayMs", 0));
        String call = PhoneCalls.place(PhoneCalls.newCaller());
        PhoneCalls.ended(call);

        assertThat(items(ask("callId", call)))
                .extracting(item -> item.path("title").asString())
                .anyMatch(title -> title.matches("Attempt at booking: google POST .* brought no answer in \\d+ ms"))
                .contains("Settled: Appointment booked, as the provider said when asked");
    }

    @Test
    void whatWasNeverSentIsSaidToo() {
        var caller = PhoneCalls.newCaller();
        caller.remove("slot");
        String call = PhoneCalls.place(caller);
        PhoneCalls.ended(call);

        assertThat(items(ask("callId", call)))
                .extracting(item -> item.path("title").asString())
                .contains("Attempt at booking: nothing was sent");
    }

    @Test
    void aCallerWhoWantedNoAppointmentStartedNoFlow() {
        String call = PhoneCalls.place(PhoneCalls.newCaller().put("wantsAppointment", false));

        var timeline = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> ask("callId", call),
                        it -> it.path("why").asString().startsWith("No flow ran"));

        assertThat(kinds(timeline)).containsOnly("webhook.accepted", "event");
    }

    @Test
    void whatTheAgentAskedDuringTheCallIsPartOfTheStory() {
        var slot = ZonedDateTime.now(ZoneId.of("America/Chicago"))
                .plusWeeks(70)
                .with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
                .toLocalDate()
                .atTime(11, 0);
        var wanted = Json.object()
                .put("from", "+14155550791")
                .put("to", World.dev().at("/clients/0/phone").asString())
                .put("agentId", World.dev().at("/clients/0/agentId").asString())
                .put("inbound", true)
                .put("wantsAppointment", false);
        wanted.putArray("functions")
                .addObject()
                .put("name", "calendar.book")
                .set("args", Json.object().put("start", slot.toString()));
        String call = World.sandbox("calls", wanted).path("callId").asString();

        var timeline = await().atMost(Duration.ofSeconds(20))
                .until(() -> ask("callId", call), it -> kinds(it).contains("event"));

        assertThat(kinds(timeline)).contains("live.function", "effect", "event");
        assertThat(timeline.path("why").asString()).startsWith("Booked during the call for ");
        assertThat(items(ask("phone", "+14155550791")))
                .extracting(item -> item.path("title").asString())
                .anyMatch(title -> title.startsWith("The agent asked to book: done in "));
        String effect = items(timeline).stream()
                .filter(item -> item.path("kind").asString().equals("effect"))
                .map(item -> item.path("detail").asString().replace("the provider's id is ", ""))
                .findFirst()
                .orElseThrow();
        assertThat(kinds(ask("appointmentId", effect))).contains("live.function");
    }

    @Test
    void aTimelineComesInPages() {
        String call = PhoneCalls.place(PhoneCalls.newCaller());
        whole(call);
        var seen = new ArrayList<JsonNode>();
        String after = "";
        do {
            var page = World.get("/api/v1/timeline?callId=" + call + "&limit=4&after=" + after)
                    .body();
            assertThat(page.path("items").size()).isBetween(1, 4);
            seen.addAll(items(page));
            after = page.path("next").asString("");
        } while (!after.isEmpty());

        assertThat(seen).hasSizeGreaterThan(12).doesNotHaveDuplicates();
        assertThat(items(ask("callId", call))).containsAll(seen);
    }

    @Test
    void whatWasErasedStaysErased() {
        var caller = PhoneCalls.newCaller();
        String call = PhoneCalls.place(caller);
        PhoneCalls.ended(call);
        String phone = caller.path("from").asString();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> World.post("/api/v1/erasures", Json.object().put("phone", phone))
                                .status()
                        == 200);

        var timeline = ask("callId", call);

        assertThat(timeline.toString())
                .contains("Call ended (what it told was erased)")
                .doesNotContain(phone)
                .doesNotContain(caller.path("lastName").asString())
                .doesNotContain("Booked for");
        assertThat(items(ask("phone", phone))).isEmpty();
    }

    @Test
    void aTimelineReachesAsFarAsItsCallersScope() {
        String call = PhoneCalls.place(PhoneCalls.newCaller());
        var run = PhoneCalls.ended(call);
        whole(call);
        var its = new ClientId(run.path("clientId").asString());
        var subject = new Subject(Subject.Sort.ANYTHING, call);

        assertThat(timelines.of(TenantScope.of(TENANT, its), subject, 500, "").items())
                .hasSameSizeAs(
                        timelines.of(TenantScope.of(TENANT), subject, 500, "").items())
                .isNotEmpty();
        for (var scope :
                List.of(TenantScope.of(TENANT, new ClientId("another")), TenantScope.of(new TenantId("another")))) {
            for (var sort : Subject.Sort.values()) {
                var value = sort == Subject.Sort.RUN ? run.path("id").asString() : call;
                var nothing = timelines.of(scope, new Subject(sort, value), 500, "");
                assertThat(nothing.items()).isEmpty();
                assertThat(nothing.correlationIds()).isEmpty();
                assertThat(nothing.why()).startsWith("Nothing is known of this here");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?q=", "?phone=1&callId=2", "?limit=5"})
    void aQuestionThatAsksNothingOrTwoThingsIsRefused(String query) {
        assertThat(World.get("/api/v1/timeline" + query).body().path("code").asString())
                .isEqualTo("400.malformed_request");
        assertThat(World.get("/api/v1/timeline?q=" + "x".repeat(257)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs:read", "events:read"})
    void bothPermissionsAreNeeded(String one) {
        String token = tokens.issue(TENANT, "half " + one, Set.of(one));

        var answer = World.send(World.request(URI.create("http://127.0.0.1:" + World.PORT + "/api/v1/timeline?q=x"))
                .header("Authorization", "Bearer " + token)
                .GET());

        assertThat(answer.status()).isEqualTo(403);
    }

    private static JsonNode ask(String parameter, String value) {
        var answer = World.get(
                "/api/v1/timeline?limit=500&" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    /** With all that providers tell of it afterwards. */
    private static JsonNode whole(String call) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> ask("callId", call),
                        it -> it.toString().contains("Text delivered")
                                && it.toString().contains("Contact created, by an act of our own"));
    }

    private static List<JsonNode> items(JsonNode timeline) {
        return StreamSupport.stream(timeline.path("items").spliterator(), false).toList();
    }

    private static List<String> kinds(JsonNode timeline) {
        return items(timeline).stream()
                .map(item -> item.path("kind").asString())
                .toList();
    }
}
