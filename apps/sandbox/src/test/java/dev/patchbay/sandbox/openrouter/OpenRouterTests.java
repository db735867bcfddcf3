package dev.patchbay.sandbox.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Costs of generations, one by one and by completed day. */
class OpenRouterTests {

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> get(String path, String key) {
        return sandbox.send("GET", "/openrouter/api/v1" + path, "", "Authorization", "Bearer " + key);
    }

    @Test
    void aGenerationHasItsCostAtOnceAndItsDayWhenItIsOver() {
        assertThat(sandbox.send("POST", "/_sandbox/openrouter/generations", "{}")
                        .statusCode())
                .isEqualTo(400);
        sandbox.control("PUT", "/accounts", "{\"openrouter\": {\"apiKey\": \"or_1\"}}");
        String id = Json.text(sandbox.control("POST", "/openrouter/generations", "{\"cost\": \"0.00025\"}"), "id");
        sandbox.control("POST", "/openrouter/generations", "{\"cost\": \"0.00075\", \"promptTokens\": 50}");

        JsonNode generation =
                SandboxFixture.json(get("/generation?id=" + id, "or_1")).path("data");
        assertThat(Json.text(generation, "usage")).isEqualTo("0.00025");
        assertThat(generation.has("apiKey")).isFalse();
        assertThat(get("/generation?id=none", "or_1").statusCode()).isEqualTo(404);
        assertThat(get("/generation?id=" + id, "or_2").statusCode()).isEqualTo(401);
        assertThat(get("/activity", "or_2").statusCode()).isEqualTo(401);
        assertThat(SandboxFixture.json(get("/activity", "or_1")).path("data")).isEmpty();

        String day = sandbox.clock.instant().toString().substring(0, 10);
        sandbox.clock.tick(Duration.ofDays(1));

        JsonNode activity =
                SandboxFixture.json(get("/activity?date=" + day, "or_1")).path("data");
        assertThat(activity).hasSize(1);
        assertThat(Json.text(activity.path(0), "usage")).isEqualTo("0.00100");
        assertThat(activity.path(0).path("prompt_tokens").asInt()).isEqualTo(150);
        assertThat(SandboxFixture.json(get("/activity?date=2020-01-01", "or_1")).path("data"))
                .isEmpty();
        sandbox.clock.tick(Duration.ofDays(40));
        assertThat(SandboxFixture.json(get("/activity", "or_1")).path("data")).isEmpty();
        assertThat(get("/key", "or_1").statusCode()).isEqualTo(200);
        assertThat(get("/key", "or_2").statusCode()).isEqualTo(401);
    }
}
