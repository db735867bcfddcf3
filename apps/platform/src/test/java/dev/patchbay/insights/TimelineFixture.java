package dev.patchbay.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.testing.TestEnvironment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads timelines over HTTP. */
final class TimelineFixture {

    private TimelineFixture() {}

    static JsonNode timeline(String parameter, String value) {
        var response = TestEnvironment.get(
                "/api/v1/timeline?limit=500&" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        assertThat(response.status()).as(response.body().toString()).isEqualTo(200);
        return response.body();
    }

    /** Waits for the webhooks that providers send afterwards. */
    static JsonNode completeTimeline(String call) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> timeline("callId", call),
                        loaded -> loaded.toString().contains("Text message delivered")
                                && loaded.toString().contains("Contact created by Patchbay"));
    }

    static List<JsonNode> items(JsonNode timeline) {
        return StreamSupport.stream(timeline.path("items").spliterator(), false).toList();
    }

    static List<String> kinds(JsonNode timeline) {
        return items(timeline).stream()
                .map(item -> item.path("kind").asString())
                .toList();
    }
}
