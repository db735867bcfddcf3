package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Faults as scripts arm them. */
class FaultsTests {

    private static final String JANE = "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}";
    private static final String CALL = "{\"from\": \"+12025550123\"}";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> upsert() {
        return sandbox.highLevel("POST", "/contacts/upsert", JANE);
    }

    @Test
    void aFaultAppliesAsOftenAsItWasArmed() {
        sandbox.armFault("highlevel", "contacts.upsert", "429", 2);

        assertThat(upsert().headers().firstValue("Retry-After")).hasValue("1");
        assertThat(sandbox.control("GET", "/faults", "")
                        .path("faults")
                        .path(0)
                        .path("times")
                        .asInt())
                .isEqualTo(1);
        assertThat(upsert().statusCode()).isEqualTo(429);
        assertThat(upsert().statusCode()).isEqualTo(200);
        assertThat(sandbox.control("GET", "/faults", "").path("faults").size()).isZero();
    }

    @Test
    void aServerErrorChangesNothing() {
        sandbox.armFault("highlevel", "contacts.upsert", "500", 1);

        assertThat(upsert().statusCode()).isEqualTo(500);
        assertThat(sandbox.state().path("highlevel").path("contacts").size()).isZero();
    }

    @Test
    void aLostResponseExecutesTheRequestAndDropsTheConnection() {
        sandbox.armFault("highlevel", "contacts.upsert", "lost_response", 1);

        assertThatThrownBy(() -> sandbox.trySend(
                        "POST",
                        "/highlevel/contacts/upsert",
                        JANE,
                        "Authorization",
                        "Bearer hl-access",
                        "Version",
                        "2021-07-28"))
                .isInstanceOf(IOException.class);
        assertThat(sandbox.state().path("highlevel").path("contacts").size()).isEqualTo(1);
        JsonNode logged = sandbox.control("GET", "/log?provider=highlevel", "")
                .path("requests")
                .path(0);
        assertThat(Json.text(logged, "fault")).isEqualTo("lost_response");
    }

    @Test
    void anEmptyBodyHidesTheResultOfAnExecutedRequest() {
        sandbox.armFault("highlevel", "contacts.upsert", "hollow", 1);

        HttpResponse<String> response = upsert();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{}");
        assertThat(sandbox.state().path("highlevel").path("contacts").size()).isEqualTo(1);
    }

    @Test
    void aSlowResponseIsDelayedAndComplete() {
        sandbox.send("POST", "/_sandbox/faults", """
                {"provider": "highlevel", "operation": "contacts.upsert", "fault": "slow", "delayMs": 30}""");
        long before = System.nanoTime();

        assertThat(upsert().statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - before).isGreaterThan(30_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "google,events.get,/google/calendar/v3/calendars/c/events/e",
        "twilio,messages.list,/twilio/2010-04-01/Accounts/a/Messages.json",
        "retell,agents.list,/retell/list-agents"
    })
    void everyVendorAnswersWithTheStatusOfTheFault(String provider, String operation, String path) {
        sandbox.armFault(provider, operation, "401", 1);
        sandbox.armFault(provider, operation, "429", 1);
        sandbox.armFault(provider, operation, "500", 1);

        assertThat(sandbox.send("GET", path, "").statusCode()).isEqualTo(401);
        assertThat(sandbox.send("GET", path, "").statusCode()).isEqualTo(429);
        assertThat(sandbox.send("GET", path, "").statusCode()).isEqualTo(500);
        assertThat(sandbox.send("GET", path, "").statusCode()).isEqualTo(401);
    }

    @Test
    void duplicateSendsEachWebhookTwice() {
        sandbox.armFault("retell", "webhook", "duplicate", 1);
        sandbox.control("POST", "/calls", CALL);

        assertThat(sandbox.receiver.eventNames())
                .containsExactly(
                        "call_started", "call_started", "call_ended", "call_ended", "call_analyzed", "call_analyzed");
    }

    @Test
    void reorderReversesTheWebhooksOfACall() {
        sandbox.armFault("retell", "webhook", "reorder", 1);
        sandbox.control("POST", "/calls", CALL);

        assertThat(sandbox.receiver.eventNames()).containsExactly("call_analyzed", "call_ended", "call_started");
    }

    @Test
    void dropSendsNoneOfTheNextWebhooks() {
        sandbox.armFault("retell", "webhook", "drop", 2);
        JsonNode placed =
                sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\", \"endTimestamp\": 1790000000000}");
        assertThat(placed.path("deliveries")).hasSize(1);
        assertThat(placed.at("/deliveries/0/event").asString()).isEqualTo("call_analyzed");
        assertThat(sandbox.state().at("/retell/calls/0/end_timestamp").asLong()).isEqualTo(1_790_000_000_000L);
    }

    @Test
    void aWebhookWithALostResponseIsRetried() {
        sandbox.armFault("retell", "webhook", "lost_response", 1);
        sandbox.control("POST", "/calls", CALL);

        await().untilAsserted(() ->
                assertThat(sandbox.receiver.eventNames()).hasSize(4).contains("call_started"));
    }

    @Test
    void aSlowWebhookIsSentOnce() {
        sandbox.armFault("google", "events.get", "slow", 1);
        sandbox.armFault("retell", "calls.get", "slow", 1);
        sandbox.send("POST", "/_sandbox/faults", """
                {"provider": "retell", "operation": "webhook", "fault": "slow", "delayMs": 5}""");
        sandbox.control("POST", "/calls", CALL);

        assertThat(sandbox.receiver.eventNames()).containsExactly("call_started", "call_ended", "call_analyzed");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,events.get,429,unknown_provider,google",
        "google,events.explode,429,unknown_operation,events.insert",
        "google,events.get,duplicate,unknown_fault,lost_response",
        "retell,webhook,429,unknown_fault,reorder"
    })
    void anUnknownNameIsAnsweredWithTheValidNames(
            String provider, String operation, String fault, String code, String valid) {
        JsonNode error = sandbox.armFault(provider, operation, fault, 1);

        assertThat(Json.text(error, "code")).isEqualTo(code);
        assertThat(Json.text(error, "detail")).contains(valid);
    }

    @Test
    void zeroTimesArmsNoFault() {
        sandbox.armFault("google", "events.get", "429", 0);

        assertThat(sandbox.control("GET", "/faults", "").path("faults").size()).isZero();
    }
}
