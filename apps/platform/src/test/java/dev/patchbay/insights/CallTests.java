package dev.patchbay.insights;

import static dev.patchbay.insights.TimelineFixture.timeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One call, as its page shows it. */
@PatchbayTest
class CallTests {

    @Autowired
    private CallTranscripts transcripts;

    @Test
    void aBookedCallSaysWhoCalledWhomAndWhatWasBooked() {
        var caller = PhoneCalls.newCaller();
        String callId = PhoneCalls.place(caller);
        var run = PhoneCalls.ended(callId);

        var timeline = timeline("callId", callId);

        assertThat(timeline.path("calls")).hasSize(1);
        var call = timeline.at("/calls/0");
        assertThat(call.path("callId").asString()).isEqualTo(callId);
        assertThat(call.path("outcome").asString()).isEqualTo("booked");
        assertThat(call.path("from").asString()).isEqualTo(caller.path("from").asString());
        assertThat(call.path("name").asString()).startsWith("Ada Caller");
        assertThat(call.path("seconds").asInt()).isEqualTo(95);
        assertThat(call.at("/client/name").asString()).isNotEmpty();
        assertThat(call.at("/client/timeZone").asString()).isEqualTo("America/Chicago");
        assertThat(call.path("requested").asString())
                .isEqualTo(caller.path("slot").asString());
        assertThat(call.path("booked").asString()).isNotEmpty();
        assertThat(call.at("/cost/amount").asString()).matches("[0-9.]+");
        assertThat(call.path("runId").asString()).isEqualTo(run.path("id").asString());
        assertThat(call.path("forClient").asString())
                .isEqualTo("The appointment is in the calendar. The caller got a confirmation text.");
        assertThat(timeline.at("/runs/0/id").asString())
                .isEqualTo(run.path("id").asString());
        assertThat(timeline.at("/runs/0/status").asString()).isEqualTo("completed");
        assertThat(timeline.toString()).doesNotContain("transcript", "recordingUrl");
    }

    @Test
    void aCallThatDidNotBookIsExplainedInTheClientsWords() {
        var first = PhoneCalls.newCaller();
        PhoneCalls.ended(PhoneCalls.place(first));
        String callId = PhoneCalls.place(
                PhoneCalls.newCaller().put("slot", first.path("slot").asString()));
        PhoneCalls.ended(callId);

        var call = timeline("callId", callId).at("/calls/0");

        assertThat(call.path("outcome").asString()).isEqualTo("not_booked");
        assertThat(call.path("sentence").asString()).startsWith("Not booked: ");
        assertThat(call.path("forClient").asString())
                .isEqualTo(
                        "The requested time was already taken. The contact was saved. Call back, or wait for your agency,"
                                + " which sees this too.");
    }

    @Test
    void aCallWithoutARequestHasNoRun() {
        String callId = PhoneCalls.place(PhoneCalls.newCaller().put("wantsAppointment", false));

        var call = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> timeline("callId", callId).at("/calls/0"),
                        it -> it.path("outcome").asString().equals("no_request"));

        assertThat(call.path("runId").isNull()).isTrue();
        assertThat(call.path("sentence").asString()).startsWith("No flow ran: ");
    }

    @Test
    void aNumberFindsItsCallsLatestFirst() {
        var caller = PhoneCalls.newCaller();
        String earlier = PhoneCalls.place(caller);
        PhoneCalls.ended(earlier);
        String later = PhoneCalls.place(caller.put("wantsAppointment", false));
        PhoneCalls.awaitDispatched(later);

        var calls = timeline("phone", caller.path("from").asString()).path("calls");

        assertThat(calls.valueStream().map(call -> call.path("callId").asString()))
                .containsExactly(later, earlier);
        assertThat(calls.valueStream().map(call -> call.path("outcome").asString()))
                .containsExactly("no_request", "booked");
    }

    @Test
    void theTranscriptIsReadApart() {
        String callId = PhoneCalls.place(PhoneCalls.newCaller());
        PhoneCalls.analyzed(callId);

        var read = TestEnvironment.get("/api/v1/calls/" + callId + "/transcript");

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.headers().firstValue("ETag")).as("nothing polls it").isEmpty();
        assertThat(read.body().at("/utterances/0/speaker").asString()).isEqualTo("agent");
        assertThat(read.body()
                        .path("utterances")
                        .valueStream()
                        .map(said -> said.path("speaker").asString()))
                .contains("caller");
        var missing = TestEnvironment.get("/api/v1/calls/call_nobody/transcript");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body().path("code").asString()).isEqualTo("404.event_not_found");
        assertThat(transcripts.read(TenantScope.of(new TenantId("another")), "usr_x", callId))
                .isEmpty();
    }
}
