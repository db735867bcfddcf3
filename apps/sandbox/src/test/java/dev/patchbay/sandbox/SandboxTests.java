package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Start, restart and reset. */
class SandboxTests {

    private static final Sandbox.Delays ENDLESS_DELAYS = new Sandbox.Delays(Duration.ofHours(1), Duration.ofHours(1));
    private static final String TEXT = "To=%2B12025550123&From=%2B15005550006&Body=hello&StatusCallback=";
    private static final String BASIC = "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0d2lsaW8tdG9rZW4=";

    @Test
    void stateSurvivesARestart(@TempDir Path folder) {
        try (SandboxFixture sandbox = SandboxFixture.open(folder)) {
            sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\", \"firstName\": \"Zoë\"}");
            sandbox.highLevel("POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}");
            JsonNode before = sandbox.state();

            sandbox.restart();

            assertThat(sandbox.state()).isEqualTo(before);
            assertThat(before.toString()).contains("Zoë");
            assertThat(sandbox.control("GET", "/log", "").path("requests").size())
                    .isEqualTo(1);
        }
    }

    @Test
    void readsTheJournalsOfEarlierVersions(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("retell.journal"), """
                {"shelf":"RETELL_CALLS","key":"call_0","record":{"call_id":"call_0"}}
                {"shelf":"RETELL_CALLS","forgotten":true}
                {"shelf":"RETELL_CALLS","key":"call_1","record":{"call_id":"call_1"}}
                {"shelf":"RETELL_CALLS","key":"call_2","record":{"call_id":"call_2"}}
                {"shelf":"RETELL_CALLS","removed":"call_1"}
                """);
        try (SandboxFixture sandbox = SandboxFixture.open(folder)) {
            assertThat(sandbox.state().path("retell").path("calls").toString()).isEqualTo("[{\"call_id\":\"call_2\"}]");
        }
    }

    @Test
    void anIncompleteLastLineOfAJournalIsTruncated(@TempDir Path folder) throws IOException {
        try (SandboxFixture sandbox = SandboxFixture.open(folder)) {
            sandbox.highLevel("POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}");
            sandbox.stop();
            Files.writeString(folder.resolve("highlevel.journal"), "{\"shelf\":\"HIGHLE", StandardOpenOption.APPEND);
            sandbox.start();
            sandbox.highLevel("POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550199\"}");

            sandbox.restart();

            assertThat(sandbox.state().path("highlevel").path("contacts").size())
                    .isEqualTo(2);
        }
    }

    @Test
    void aRestartResumesWebhooksAndTextMessages(@TempDir Path folder) {
        try (SandboxFixture sandbox = SandboxFixture.open(folder, ENDLESS_DELAYS)) {
            sandbox.receiver.respondNext(500);
            sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\"}");
            sandbox.send(
                    "POST",
                    "/twilio/2010-04-01/Accounts/%s/Messages.json".formatted(SandboxFixture.TWILIO_SID),
                    TEXT + sandbox.receiver.url("/status"),
                    "Authorization",
                    BASIC);

            sandbox.restart();

            await().untilAsserted(() -> assertThat(sandbox.control("GET", "/deliveries", "")
                            .path("deliveries")
                            .valueStream()
                            .map(delivery -> Json.text(delivery, "state")))
                    .hasSize(5)
                    .containsOnly("delivered"));
            assertThat(Json.text(sandbox.state().path("twilio").path("messages").path(0), "status"))
                    .isEqualTo("delivered");
        }
    }

    @Test
    void aResetClearsRecordsAndKeepsAccounts(@TempDir Path folder) {
        try (SandboxFixture sandbox = SandboxFixture.open(folder, ENDLESS_DELAYS)) {
            sandbox.receiver.respondNext(500);
            sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\"}");
            String contact = SandboxFixture.json(sandbox.highLevel(
                            "POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}"))
                    .at("/contact/id")
                    .asString();
            sandbox.highLevel("POST", "/contacts/" + contact + "/notes", "{\"body\": \"Called\"}");
            sandbox.highLevel("POST", "/opportunities/", """
                    {"locationId": "loc-1", "pipelineId": "p1", "name": "Drain", "status": "open", "contactId": "%s"}""".formatted(contact));
            assertThat(sandbox.state().at("/highlevel/notes")).hasSize(1);
            assertThat(sandbox.state().at("/highlevel/opportunities")).hasSize(1);
            sandbox.armFault("google", "events.get", "429", 1);

            assertThat(sandbox.send("POST", "/_sandbox/reset", "").statusCode()).isEqualTo(204);
            sandbox.restart();

            assertThat(sandbox.state().toString())
                    .isEqualTo(
                            "{\"retell\":{\"calls\":[],\"prompts\":[]},\"highlevel\":{\"contacts\":[],\"appointments\":[],"
                                    + "\"notes\":[],\"opportunities\":[],\"refusals\":0},"
                                    + "\"google\":{\"events\":[]},\"twilio\":{\"messages\":[]},\"stripe\":{\"events\":[]}}");
            assertThat(sandbox.control("GET", "/faults", "").path("faults").size())
                    .isZero();
            assertThat(sandbox.retell("GET", "/list-agents", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aResetCancelsPendingDeliveries(@TempDir Path folder) {
        try (SandboxFixture sandbox = SandboxFixture.open(folder)) {
            sandbox.receiver.respondNext(500, 500, 500);
            sandbox.control("POST", "/calls", "{\"from\": \"+12025550123\"}");
            sandbox.send("POST", "/_sandbox/reset", "");

            await().during(Duration.ofMillis(150))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(sandbox.control("GET", "/deliveries", "")
                                    .path("deliveries")
                                    .size())
                            .isZero());
        }
    }

    @Test
    void theControlApiReportsHealthAndRejectsInvalidRequests(@TempDir Path folder) {
        try (SandboxFixture sandbox = SandboxFixture.open(folder)) {
            assertThat(Json.text(sandbox.control("GET", "/health", ""), "status"))
                    .isEqualTo("up");
            assertThat(Json.text(sandbox.control("GET", "/nowhere", ""), "code"))
                    .isEqualTo("not_found");
            assertThat(Json.text(sandbox.control("POST", "/calls", "no json"), "code"))
                    .isEqualTo("bad_json");
            assertThat(sandbox.send("PUT", "/_sandbox/accounts", "{}").statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void environmentVariablesSetPortAndFolder(@TempDir Path folder) {
        Map<String, String> environment = Map.of("PATCHBAY_SANDBOX_PORT", "0", "PATCHBAY_DATA_DIR", folder.toString());
        try (Sandbox sandbox = Sandbox.start(environment)) {
            assertThat(sandbox.address().getHost()).isEqualTo("127.0.0.1");
            assertThat(folder.resolve("sandbox/retell.journal")).exists();
        }
    }

    @Test
    void anEnvironmentVariableSetsTheMailPort(@TempDir Path folder) {
        Map<String, String> environment = Map.of(
                "PATCHBAY_SANDBOX_PORT", "0",
                "PATCHBAY_SANDBOX_MAIL_PORT", "0",
                "PATCHBAY_DATA_DIR", folder.toString());
        try (Sandbox sandbox = Sandbox.start(environment)) {
            assertThat(sandbox.mailPort()).isPositive();
        }
    }

    @Test
    void theErrorNamesAPortInUse(@TempDir Path folder) {
        try (Sandbox sandbox = Sandbox.start(folder.resolve("one"), 0)) {
            URI inUse = sandbox.address();
            assertThatThrownBy(() -> Sandbox.start(folder.resolve("two"), inUse.getPort()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + inUse.getPort());
        }
    }

    @Test
    void theErrorNamesAStoreThatCannotBeOpened(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        Files.createDirectories(folder.resolve("invalid/retell.journal"));

        assertThatThrownBy(() -> Sandbox.start(file, 0)).hasMessageContaining("Cannot create the store's folder");
        assertThatThrownBy(() -> Sandbox.start(folder.resolve("invalid"), 0))
                .hasMessageContaining("Cannot open the journal");
    }
}
