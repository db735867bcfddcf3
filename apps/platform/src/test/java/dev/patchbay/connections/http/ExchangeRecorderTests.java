package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class ExchangeRecorderTests {

    private static final int MAX_CHARACTERS = 16 * 1024;

    private static JsonNode recordedBody(JsonNode body) {
        return ExchangeRecorder.record(
                        HttpCall.get("retell/calls.list", URI.create("http://127.0.0.1/list")),
                        new HttpOutcome.Responded(200, body, Optional.empty()),
                        Duration.ofMillis(5))
                .answer()
                .path("body");
    }

    private static JsonNode items(int count, String member, String value) {
        ArrayNode items = Json.MAPPER.createArrayNode();
        for (int item = 0; item < count; item++) {
            items.addObject().put(member, value);
        }
        return items;
    }

    @Test
    void aShortBodyIsRecordedWhole() {
        assertThat(recordedBody(items(3, "call_id", "call_1"))).isEqualTo(items(3, "call_id", "call_1"));
    }

    @Test
    void aLongBodyIsCut() {
        JsonNode body = recordedBody(items(5_000, "call_id", "call_0123456789"));

        assertThat(body.asString())
                .hasSize(MAX_CHARACTERS + 1)
                .startsWith("[{\"call_id\"")
                .endsWith("…");
    }

    @Test
    void aLongBodyOfSecretsIsCutAndShowsNone() {
        JsonNode body = recordedBody(items(5_000, "token", "s".repeat(500)));

        assertThat(body.asString())
                .hasSizeLessThan(MAX_CHARACTERS)
                .endsWith("…")
                .doesNotContain("sss");
    }
}
