package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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

class SandboxTests {

    private static final Sandbox.Pace NEVER = new Sandbox.Pace(Duration.ofHours(1), Duration.ofHours(1));
    private static final String TEXT = "To=%2B12025550123&From=%2B15005550006&Body=hello&StatusCallback=";
    private static final String BASIC = "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0d2lsaW8tdG9rZW4=";

    @Test
    void forgetsNothingWhenItStartsAgain(@TempDir Path folder) {
        try (Scene scene = Scene.open(folder)) {
            scene.control("POST", "/calls", "{\"from\": \"+12025550123\", \"firstName\": \"Zoë\"}");
            scene.highLevel("POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}");
            JsonNode before = scene.state();

            scene.restart();

            assertThat(scene.state()).isEqualTo(before);
            assertThat(before.toString()).contains("Zoë");
            assertThat(scene.control("GET", "/log", "").path("requests").size()).isEqualTo(1);
        }
    }

    @Test
    void cutsOffATornLastLine(@TempDir Path folder) throws IOException {
        try (Scene scene = Scene.open(folder)) {
            scene.highLevel("POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}");
            scene.stop();
            Files.writeString(folder.resolve("highlevel.journal"), "{\"shelf\":\"HIGHLE", StandardOpenOption.APPEND);
            scene.startAgain();
            scene.highLevel("POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550199\"}");

            scene.restart();

            assertThat(scene.state().path("highlevel").path("contacts").size()).isEqualTo(2);
        }
    }

    @Test
    void carriesOnWithWebhooksAndTextsThatWereOnTheirWay(@TempDir Path folder) {
        try (Scene scene = Scene.open(folder, NEVER)) {
            scene.listener.answerNext(500);
            scene.control("POST", "/calls", "{\"from\": \"+12025550123\"}");
            scene.send(
                    "POST",
                    "/twilio/2010-04-01/Accounts/%s/Messages.json".formatted(Scene.TWILIO_SID),
                    TEXT + scene.listener.url("/status"),
                    "Authorization",
                    BASIC);

            scene.restart();

            await().untilAsserted(() -> assertThat(scene.control("GET", "/deliveries", "")
                            .path("deliveries")
                            .valueStream()
                            .map(delivery -> Json.text(delivery, "state")))
                    .hasSize(5)
                    .containsOnly("delivered"));
            assertThat(Json.text(scene.state().path("twilio").path("messages").path(0), "status"))
                    .isEqualTo("delivered");
        }
    }

    @Test
    void aResetForgetsRecordsAndKeepsAccounts(@TempDir Path folder) {
        try (Scene scene = Scene.open(folder, NEVER)) {
            scene.listener.answerNext(500);
            scene.control("POST", "/calls", "{\"from\": \"+12025550123\"}");
            scene.highLevel("POST", "/contacts/upsert", "{\"locationId\": \"loc-1\", \"phone\": \"+12025550123\"}");
            scene.arm("google", "events.get", "429", 1);

            assertThat(scene.send("POST", "/_sandbox/reset", "").statusCode()).isEqualTo(204);
            scene.restart();

            assertThat(scene.state().toString())
                    .isEqualTo(
                            "{\"retell\":{\"calls\":[]},\"highlevel\":{\"contacts\":[],\"appointments\":[],\"refusals\":0},"
                                    + "\"google\":{\"events\":[]},\"twilio\":{\"messages\":[]},\"stripe\":{\"events\":[]}}");
            assertThat(scene.control("GET", "/faults", "").path("faults").size())
                    .isZero();
            assertThat(scene.retell("GET", "/list-agents", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aResetReachesWhatIsStillOnItsWay(@TempDir Path folder) {
        try (Scene scene = Scene.open(folder)) {
            scene.listener.answerNext(500, 500, 500);
            scene.control("POST", "/calls", "{\"from\": \"+12025550123\"}");
            scene.send("POST", "/_sandbox/reset", "");

            await().during(Duration.ofMillis(150))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(scene.control("GET", "/deliveries", "")
                                    .path("deliveries")
                                    .size())
                            .isZero());
        }
    }

    @Test
    void answersForItsHealthAndKnowsItsPaths(@TempDir Path folder) {
        try (Scene scene = Scene.open(folder)) {
            assertThat(Json.text(scene.control("GET", "/health", ""), "status")).isEqualTo("up");
            assertThat(Json.text(scene.control("GET", "/nowhere", ""), "code")).isEqualTo("not_found");
            assertThat(Json.text(scene.control("POST", "/calls", "no json"), "code"))
                    .isEqualTo("bad_json");
            assertThat(scene.send("PUT", "/_sandbox/accounts", "{}").statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void startsWhereTheEnvironmentSays(@TempDir Path folder) {
        Map<String, String> environment = Map.of("PATCHBAY_SANDBOX_PORT", "0", "PATCHBAY_DATA_DIR", folder.toString());
        try (Sandbox sandbox = Sandbox.start(environment)) {
            assertThat(sandbox.address().getHost()).isEqualTo("127.0.0.1");
            assertThat(folder.resolve("sandbox/retell.journal")).exists();
        }
    }

    @Test
    void saysThatAPortIsTaken(@TempDir Path folder) {
        try (Sandbox sandbox = Sandbox.start(folder.resolve("one"), 0)) {
            URI taken = sandbox.address();
            assertThatThrownBy(() -> Sandbox.start(folder.resolve("two"), taken.getPort()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getPort());
        }
    }

    @Test
    void saysThatTheBooksCannotBeOpened(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        Files.createDirectories(folder.resolve("odd/retell.journal"));

        assertThatThrownBy(() -> Sandbox.start(file, 0)).hasMessageContaining("Cannot create the folder");
        assertThatThrownBy(() -> Sandbox.start(folder.resolve("odd"), 0))
                .hasMessageContaining("Cannot open the journal");
    }
}
