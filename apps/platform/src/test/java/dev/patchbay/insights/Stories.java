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

/** Timelines as a caller of the API gets them. */
final class Stories {

    private Stories() {}

    static JsonNode ask(String parameter, String value) {
        var answer = TestEnvironment.get(
                "/api/v1/timeline?limit=500&" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    /** With all that providers tell of it afterwards. */
    static JsonNode whole(String call) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> ask("callId", call),
                        it -> it.toString().contains("Text delivered")
                                && it.toString().contains("Contact created, by an act of our own"));
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
