package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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

class FaultsTests {

    private static final String JANE = "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}";
    private static final String CALL = "{\"from\": \"+12025550123\"}";

    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = Scene.open(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private HttpResponse<String> upsert() {
        return scene.highLevel("POST", "/contacts/upsert", JANE);
    }

    @Test
    void tooManyRequestsAsOftenAsArmedAndNoMore() {
        scene.arm("highlevel", "contacts.upsert", "429", 2);

        assertThat(upsert().headers().firstValue("Retry-After")).hasValue("1");
        assertThat(scene.control("GET", "/faults", "")
                        .path("faults")
                        .path(0)
                        .path("times")
                        .asInt())
                .isEqualTo(1);
        assertThat(upsert().statusCode()).isEqualTo(429);
        assertThat(upsert().statusCode()).isEqualTo(200);
        assertThat(scene.control("GET", "/faults", "").path("faults").size()).isZero();
    }

    @Test
    void aFailureDoesNoWork() {
        scene.arm("highlevel", "contacts.upsert", "500", 1);

        assertThat(upsert().statusCode()).isEqualTo(500);
        assertThat(scene.state().path("highlevel").path("contacts").size()).isZero();
    }

    @Test
    void aLostResponseDoesTheWorkAndDropsTheAnswer() {
        scene.arm("highlevel", "contacts.upsert", "lost_response", 1);

        assertThatThrownBy(() -> scene.trySend(
                        "POST",
                        "/highlevel/contacts/upsert",
                        JANE,
                        "Authorization",
                        "Bearer hl-access",
                        "Version",
                        "2021-07-28"))
                .isInstanceOf(IOException.class);
        assertThat(scene.state().path("highlevel").path("contacts").size()).isEqualTo(1);
        JsonNode logged = scene.control("GET", "/log?provider=highlevel", "")
                .path("requests")
                .path(0);
        assertThat(Json.text(logged, "fault")).isEqualTo("lost_response");
    }

    @Test
    void aHollowAnswerSaysNothingOfWhatWasDone() {
        scene.arm("highlevel", "contacts.upsert", "hollow", 1);

        HttpResponse<String> hollow = upsert();

        assertThat(hollow.statusCode()).isEqualTo(200);
        assertThat(hollow.body()).isEqualTo("{}");
        assertThat(scene.state().path("highlevel").path("contacts").size()).isEqualTo(1);
    }

    @Test
    void aSlowAnswerIsStillRight() {
        scene.send("POST", "/_sandbox/faults", """
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
    void everyVendorFailsInItsOwnShape(String provider, String operation, String path) {
        scene.arm(provider, operation, "401", 1);
        scene.arm(provider, operation, "429", 1);
        scene.arm(provider, operation, "500", 1);

        assertThat(scene.send("GET", path, "").statusCode()).isEqualTo(401);
        assertThat(scene.send("GET", path, "").statusCode()).isEqualTo(429);
        assertThat(scene.send("GET", path, "").statusCode()).isEqualTo(500);
        assertThat(scene.send("GET", path, "").statusCode()).isEqualTo(401);
    }

    @Test
    void webhooksCanComeTwice() {
        scene.arm("retell", "webhook", "duplicate", 1);
        scene.control("POST", "/calls", CALL);

        assertThat(scene.listener.events())
                .containsExactly(
                        "call_started", "call_started", "call_ended", "call_ended", "call_analyzed", "call_analyzed");
    }

    @Test
    void webhooksCanComeInReverse() {
        scene.arm("retell", "webhook", "reorder", 1);
        scene.control("POST", "/calls", CALL);

        assertThat(scene.listener.events()).containsExactly("call_analyzed", "call_ended", "call_started");
    }

    @Test
    void aWebhookWhoseAnswerIsLostComesAgain() {
        scene.arm("retell", "webhook", "lost_response", 1);
        scene.control("POST", "/calls", CALL);

        await().untilAsserted(
                        () -> assertThat(scene.listener.events()).hasSize(4).contains("call_started"));
    }

    @Test
    void aSlowWebhookComesOnce() {
        scene.arm("google", "events.get", "slow", 1);
        scene.arm("retell", "calls.get", "slow", 1);
        scene.send("POST", "/_sandbox/faults", """
                {"provider": "retell", "operation": "webhook", "fault": "slow", "delayMs": 5}""");
        scene.control("POST", "/calls", CALL);

        assertThat(scene.listener.events()).containsExactly("call_started", "call_ended", "call_analyzed");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,events.get,429,unknown_provider,google",
        "google,events.explode,429,unknown_operation,events.insert",
        "google,events.get,duplicate,unknown_fault,lost_response",
        "retell,webhook,429,unknown_fault,reorder"
    })
    void namesWhatIsValid(String provider, String operation, String fault, String code, String valid) {
        JsonNode refused = scene.arm(provider, operation, fault, 1);

        assertThat(Json.text(refused, "code")).isEqualTo(code);
        assertThat(Json.text(refused, "detail")).contains(valid);
    }

    @Test
    void noTimesArmsNothing() {
        scene.arm("google", "events.get", "429", 0);

        assertThat(scene.control("GET", "/faults", "").path("faults").size()).isZero();
    }
}
