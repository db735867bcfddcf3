package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RetellNormaliserTests {

    private static final String ANALYZED = """
            {"event": "call_analyzed", "call": {"call_id": "call_1", "agent_id": "agent_1", "agent_version": 1,
             "from_number": "+1 213-777-1234", "to_number": "anonymous", "direction": "inbound",
             "start_timestamp": 1703302407333, "end_timestamp": 1703302428855, "duration_ms": 21520,
             "disconnection_reason": "user_hangup", "transcript": "hi", "recording_url": "https://r/w.wav",
             "call_cost": {"combined_cost": 7.66, "product_costs": [
               {"product": "elevenlabs_tts", "cost": 6.5333333}, {"product": "llm", "cost": 700}, {}]},
             "call_analysis": {"call_summary": "ok", "user_sentiment": "Positive", "call_successful": true,
               "in_voicemail": false, "custom_analysis_data": {"wants_appointment": true, "lead_score": 8}},
             "something_new": {"x": 1}}}
            """;
    private final RetellNormaliser normaliser = new RetellNormaliser();

    private Normalised normalise(String json) {
        return normaliser.normalise(new Delivery("", name -> Optional.empty(), Json.utf8(json)));
    }

    private static void assertFits(Normalised event) throws IOException {
        try (InputStream schema =
                RetellNormaliserTests.class.getResourceAsStream("/contracts/events/" + event.type() + ".schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(Objects.requireNonNull(schema), InputFormat.JSON)
                            .validate(event.data()))
                    .isEmpty();
        }
    }

    @Test
    void saysAnAnalysedCallInOurWords() throws IOException {
        Normalised event = normalise(ANALYZED);
        assertThat(event.type()).isEqualTo("voice.call.analyzed");
        assertThat(event.deduplicationKey()).isEqualTo("call_analyzed:call_1");
        assertThat(event.subject()).isEqualTo("call_1");
        assertThat(event.time()).contains(Instant.ofEpochMilli(1703302428855L));
        assertThat(event.routes()).containsExactly(new Route("agent", "agent_1"));
        assertThat(event.person()).contains("+12137771234");
        JsonNode call = event.data().path("call");
        assertThat(call.path("from").asString()).isEqualTo("+12137771234");
        assertThat(call.path("to").asString()).isEqualTo("anonymous");
        assertThat(call.path("startedAt").asString()).isEqualTo("2023-12-23T03:33:27.333Z");
        assertThat(call.path("durationSeconds").toString()).isEqualTo("21.52");
        assertThat(call.path("analysis").toString())
                .isEqualTo("{\"summary\":\"ok\",\"sentiment\":\"Positive\",\"successful\":true,\"voicemail\":false,"
                        + "\"custom\":{\"wants_appointment\":true,\"lead_score\":8}}");
        assertThat(call.has("something_new")).isFalse();
        assertFits(event);
        assertThat(normaliser.provider()).isEqualTo("retell");
    }

    @Test
    void losesNoDigitOfACost() {
        assertThat(normalise(ANALYZED).data().at("/call/cost").toString())
                .isEqualTo("{\"amount\":\"0.0766\",\"currency\":\"USD\",\"items\":["
                        + "{\"product\":\"elevenlabs_tts\",\"amount\":\"0.065333333\"},"
                        + "{\"product\":\"llm\",\"amount\":\"7\"},{\"product\":\"\",\"amount\":\"0\"}]}");
    }

    @Test
    void leavesOutWhatRetellDoesNotSay() throws IOException {
        Normalised started = normalise(
                "{\"event\":\"call_started\",\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\",\"start_timestamp\":1000,"
                        + "\"from_number\":7,\"duration_ms\":\"long\"}}");
        assertThat(started.time()).contains(Instant.ofEpochSecond(1));
        assertThat(started.data().toString())
                .isEqualTo("{\"call\":{\"id\":\"c\",\"agentId\":\"a\",\"startedAt\":\"1970-01-01T00:00:01Z\"}}");
        assertFits(started);
        Normalised ended = normalise("{\"event\":\"call_ended\",\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\"}}");
        assertThat(ended.time()).isEmpty();
        assertFits(ended);
    }

    @Test
    void keepsEventsThatNoFlowKnows() {
        Normalised first =
                normalise("{\"event\":\"transcript_updated\",\"call\":{\"call_id\":\"c\",\"transcript\":\"a\"}}");
        Normalised second =
                normalise("{\"event\":\"transcript_updated\",\"call\":{\"call_id\":\"c\",\"transcript\":\"b\"}}");
        assertThat(first.type()).isEqualTo("provider.retell.transcript_updated");
        assertThat(first.subject()).isEqualTo("c");
        assertThat(first.routes()).containsExactly(new Route("agent", "unknown"));
        assertThat(first.deduplicationKey()).isNotEqualTo(second.deduplicationKey());
    }

    @Test
    void saysWhereWhatItReliesOnIsMissing() {
        assertUnreadable("{}", "/event");
        assertUnreadable("{\"event\":\"Call Started!\"}", "/event");
        assertUnreadable("{\"event\":\"call_ended\"}", "/call/call_id");
        assertUnreadable("{\"event\":\"call_ended\",\"call\":{\"call_id\":\"c\"}}", "/call/agent_id");
    }

    private void assertUnreadable(String json, String pointer) {
        assertThatThrownBy(() -> normalise(json))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.pointer()).isEqualTo(pointer));
    }
}
