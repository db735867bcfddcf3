package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Secrets that the release before sealed open, and its audit trail verifies. */
interface UpgradedSecretTests extends UpgradedState {

    @Test
    default void sealedSecretsOpen() {
        var tested = platform().post("/api/v1/connections/" + fixture().about("/connection") + "/test", Json.object());
        assertThat(tested.status()).as(tested.text()).isEqualTo(200);
        assertThat(tested.json().path("state").asString()).as(tested.text()).isEqualTo("READY");

        var connections = platform().get("/api/v1/connections?limit=200").path("items");
        assertThat(connections).hasSize(8);
        assertThat(connections.valueStream().map(one -> one.path("state").asString()))
                .as(connections.toString())
                .containsOnly("READY");
        assertThat(platform()
                        .get("/api/v1/audit?action=connection.consent_begun&limit=200&from="
                                + fixture().about("/killedAt"))
                        .path("items"))
                .as("nobody had to consent again")
                .isEmpty();

        String event = platform()
                .get("/api/v1/events?type=voice.call.analyzed&subject="
                        + fixture().about("/calls/completed"))
                .at("/items/0/id")
                .asString();
        var raw = platform()
                .send(
                        "GET",
                        "/api/v1/events/" + event + "/raw",
                        null,
                        platform().bearer("development"));
        assertThat(raw.status()).as(raw.text()).isEqualTo(200);
        assertThat(raw.text()).contains("call_analyzed");
    }

    @Test
    default void theAuditTrailVerifies() throws IOException, InterruptedException {
        UpgradedPlatform.until(
                () -> platform().get("/api/v1/audit/head"),
                head -> head.path("unsealed").asInt() == 0);
        var trail = platform()
                .send("GET", "/api/v1/audit?format=ndjson", null, platform().bearer("agency"));
        Path export = Files.writeString(Files.createTempFile(Path.of("target"), "audit", ".ndjson"), trail.text());

        var verifier = new ProcessBuilder(
                        "node",
                        "../../docs/security/verify-audit",
                        "--anchor",
                        fixture().about("/audit/seq") + ":" + fixture().about("/audit/hash"),
                        export.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(verifier.waitFor()).as(output).isZero();
        assertThat(output).contains("whole");
    }
}
