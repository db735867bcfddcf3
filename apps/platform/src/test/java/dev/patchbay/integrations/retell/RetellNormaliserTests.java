package dev.patchbay.integrations.retell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Samples;
import dev.patchbay.testing.Samples.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        return normaliser.normalise(new Delivery("", name -> Optional.empty(), Hashing.utf8(json)));
    }

    @Test
    void mapsAnAnalysedCall() {
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
        Samples.fits(event);
        assertThat(normaliser.provider()).isEqualTo("retell");
    }

    @Test
    void everyEventOfACallBearsItsCorrelationId() {
        CorrelationId derived = CorrelationId.ofConversation("retell", "call_1");
        assertThat(normalise(ANALYZED).correlation()).contains(derived);
        assertThat(normalise("{\"event\":\"call_flagged\",\"call\":{\"call_id\":\"call_1\"}}")
                        .correlation())
                .contains(derived);
        assertThat(normalise("{\"event\":\"chat_ended\",\"chat\":{\"chat_id\":\"chat_1\"}}")
                        .correlation())
                .contains(CorrelationId.ofConversation("retell", "chat_1"));
        assertThat(normalise("{\"event\":\"news\"}").correlation()).isEmpty();

        String answered = "\"metadata\": {\"patchbay_correlation\": \"%s\"}, \"call_id\": \"call_1\"";
        assertThat(normalise(ANALYZED.replace(
                                "\"call_id\": \"call_1\"", answered.formatted("cor_01k8zc4m5n6p7q8r9s0t1v2w3x")))
                        .correlation())
                .contains(new CorrelationId("cor_01k8zc4m5n6p7q8r9s0t1v2w3x"));
        assertThat(normalise(ANALYZED.replace("\"call_id\": \"call_1\"", answered.formatted("not one of ours")))
                        .correlation())
                .contains(derived);
    }

    @Test
    void mapsCostsExactly() {
        assertThat(normalise(ANALYZED).data().at("/call/cost").toString())
                .isEqualTo("{\"amount\":\"0.0766\",\"currency\":\"USD\",\"items\":["
                        + "{\"product\":\"elevenlabs_tts\",\"amount\":\"0.065333333\"},"
                        + "{\"product\":\"llm\",\"amount\":\"7\"},{\"product\":\"\",\"amount\":\"0\"}]}");
    }

    @Test
    void leavesOutAbsentMembers() {
        Normalised started = normalise(
                "{\"event\":\"call_started\",\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\",\"start_timestamp\":1000,"
                        + "\"from_number\":7,\"duration_ms\":\"long\"}}");
        assertThat(started.time()).contains(Instant.ofEpochSecond(1));
        assertThat(started.data().toString())
                .isEqualTo(
                        "{\"call\":{\"id\":\"c\",\"person\":{\"hidden\":true},\"agentId\":\"a\",\"startedAt\":\"1970-01-01T00:00:01Z\"}}");
        Samples.fits(started);
        Normalised ended = normalise("{\"event\":\"call_ended\",\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\"}}");
        assertThat(ended.time()).isEmpty();
        Samples.fits(ended);
    }

    @Test
    void transcriptUpdatesAreIdentifiedByTheirContent() {
        String call = "\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\",\"start_timestamp\":1000,\"duration_ms\":%d,"
                + "\"transcript\":\"%s\",\"transcript_with_tool_calls\":[%s]}}";
        Normalised first = normalise("{\"event\":\"transcript_updated\"," + call.formatted(1, "a", ""));
        Normalised again = normalise("{\"event\":\"transcript_updated\"," + call.formatted(2, "a", ""));
        Normalised said = normalise("{\"event\":\"transcript_updated\"," + call.formatted(1, "b", ""));
        Normalised tool =
                normalise("{\"event\":\"transcript_updated\"," + call.formatted(1, "a", "{\"role\":\"tool\"}"));
        assertThat(first.type()).isEqualTo("voice.transcript.updated");
        assertThat(first.time()).isEmpty();
        assertThat(first.data().at("/call/transcript").asString()).isEqualTo("a");
        assertThat(first.data().at("/call").has("durationSeconds")).isFalse();
        assertThat(first.deduplicationKey())
                .startsWith("transcript_updated:c:")
                .isEqualTo(again.deduplicationKey())
                .isNotEqualTo(said.deduplicationKey())
                .isNotEqualTo(tool.deduplicationKey());
    }

    @Test
    void mapsTheDestinationOfATransfer() {
        Normalised started = sample("transfer_started.json");
        assertThat(started.type()).isEqualTo("voice.call.transfer.started");
        assertThat(started.data().path("transfer").toString())
                .isEqualTo("{\"to\":\"+13125550199\",\"option\":\"warm_transfer\"}");
        assertThat(started.data().path("call").has("transcript")).isFalse();
        assertThat(sample("transfer_bridged.json").data().path("transfer").toString())
                .isEqualTo("{\"to\":\"+13125550199\",\"option\":\"cold_transfer\"}");
        assertThat(sample("transfer_cancelled.json").data().path("transfer").toString())
                .isEqualTo("{}");
        Normalised ended = sample("transfer_ended.json");
        assertThat(ended.type()).isEqualTo("voice.call.transfer.ended");
        assertThat(ended.time()).contains(Instant.ofEpochMilli(1_795_000_200_000L));
        assertThat(ended.data().path("transfer").toString())
                .isEqualTo("{\"to\":\"sip:front@desk.example\",\"endedAt\":\"2026-11-18T11:10:00Z\"}");
    }

    @Test
    void aSecondTransferIsAnotherEvent() {
        String attempt =
                "{\"event\":\"transfer_started\",\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\",\"transcript\":\"%s\"}}";
        assertThat(normalise(attempt.formatted("1")).deduplicationKey())
                .isEqualTo(normalise(attempt.formatted("1")).deduplicationKey())
                .isNotEqualTo(normalise(attempt.formatted("2")).deduplicationKey());
    }

    @Test
    void keepsUnknownEventsWithTheirPayload() {
        Normalised chat = sample("chat_started.json");
        assertThat(chat.type()).isEqualTo("provider.retell.chat_started");
        assertThat(chat.subject()).isEqualTo("chat_1");
        assertThat(chat.routes()).isEmpty();
        assertThat(chat.data().at("/payload/chat/agent_id").asString()).isEqualTo("agent_reception");
        Normalised later =
                normalise("{\"event\":\"call_paused\",\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\",\"new\":1}}");
        assertThat(later.subject()).isEqualTo("c");
        assertThat(later.routes()).containsExactly(new Route("agent", "a"));
        assertThat(later.deduplicationKey())
                .isNotEqualTo(normalise(
                                "{\"event\":\"call_paused\",\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\",\"new\":2}}")
                        .deduplicationKey());
        assertThat(normalise("{\"event\":\"heartbeat\"}").subject()).isEqualTo("unknown");
    }

    @Test
    void findsTheClientByAgentThenByItsNumber() {
        assertThat(sample("call_started.json").routes())
                .containsExactly(new Route("agent", "agent_reception"), new Route("number", "+13125550142"));
        Normalised outbound = sample("call_ended.failed_dial.json");
        assertThat(outbound.routes())
                .containsExactly(new Route("agent", "agent_reception"), new Route("number", "+13125550142"));
        assertThat(outbound.person()).contains("+14155550178");
        Normalised web = sample("call_analyzed.web_call.json");
        assertThat(web.routes()).containsExactly(new Route("agent", "agent_reception"));
        assertThat(web.person()).isEmpty();
    }

    @Test
    void aCallRecordAndItsWebhooksYieldTheSameEvents() {
        JsonNode record = Json.read(Samples.ours("retell").stream()
                        .filter(it -> it.name().equals("call_analyzed.json"))
                        .findFirst()
                        .orElseThrow()
                        .body())
                .path("call");
        for (String event : List.of("call_started", "call_ended", "call_analyzed")) {
            assertThat(RetellNormaliser.mapCallEvent(event, record)).isEqualTo(sample(event + ".json"));
        }
        assertThatThrownBy(() -> RetellNormaliser.mapCallEvent("transfer_started", record))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesOutMalformedNumbers() {
        Normalised ended = normalise(
                "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"c\",\"agent_id\":\"a\",\"start_timestamp\":-1,"
                        + "\"end_timestamp\":999999999999999,\"duration_ms\":-5,\"agent_version\":1e999999999,"
                        + "\"call_cost\":{\"combined_cost\":1e-999999999}}}");
        assertThat(ended.time()).isEmpty();
        assertThat(ended.data().toString())
                .isEqualTo("{\"call\":{\"id\":\"c\",\"person\":{\"hidden\":true,\"voicemail\":false},\"agentId\":\"a\","
                        + "\"cost\":{\"amount\":\"0\",\"currency\":\"USD\",\"items\":[]}}}");
    }

    static List<Sample> samples() {
        return Samples.ours("retell");
    }

    @Test
    void mapsTheVendorsSamples() {
        List<Sample> published = Samples.published("retell", "call_.*[.]json");
        assumeFalse(published.isEmpty(), "the vendors' samples are not here");
        for (Sample sample : published) {
            Samples.fits(normaliser.normalise(sample.delivery()));
            assertThat(Samples.countReadableMutations(normaliser, sample, 300)).isPositive();
        }
        for (Sample record : Samples.published("retell", "get-call[.].*")) {
            for (String event : List.of("call_started", "call_ended", "call_analyzed")) {
                Samples.fits(RetellNormaliser.mapCallEvent(event, Json.read(record.body())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void changedSamplesAreNormalisedOrRefused(Sample sample) {
        Samples.fits(normaliser.normalise(sample.delivery()));
        assertThat(Samples.countReadableMutations(normaliser, sample, 500)).isPositive();
    }

    private Normalised sample(String name) {
        return Samples.ours("retell").stream()
                .filter(it -> it.name().equals(name))
                .map(it -> Samples.fits(normaliser.normalise(it.delivery())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void missingRequiredMembersAreNamed() {
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

    private Normalised analyzed(String members) {
        return normalise("""
                {"event": "call_analyzed", "call": {"call_id": "c", "agent_id": "a", %s}}""".formatted(members));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "inbound; +13125550100; +14155550123; +13125550100; false",
                "outbound; +14155550123; +13125550100; +13125550100; false",
                "inbound; +266696687; +14155550123; ; true",
                "inbound; anonymous; +14155550123; ; true",
                "outbound; +14155550123; unknown; ; true",
                "inbound; +14155550123; +14155550123; ; false"
            })
    void thePersonIsTheOtherEndOfTheLine(String direction, String from, String to, String number, boolean hidden) {
        Normalised event = analyzed(
                "\"direction\": \"%s\", \"from_number\": \"%s\", \"to_number\": \"%s\"".formatted(direction, from, to));

        JsonNode person = event.data().at("/call/person");
        assertThat(person.path("number").asString(null)).isEqualTo(number);
        assertThat(person.path("hidden").asBoolean()).isEqualTo(hidden);
        assertThat(event.person()).isEqualTo(Optional.ofNullable(number));
        Samples.fits(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"call_analysis\": {\"in_voicemail\": true}",
                "\"disconnection_reason\": \"voicemail_reached\"",
                "\"disconnection_reason\": \"machine_detected\""
            })
    void aMachineIsSaid(String members) {
        assertThat(analyzed(members).data().at("/call/person/voicemail").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"first_name\": \"Ada\", \"last_name\": \"Smith\"}; Ada Smith",
                "{\"customer_name\": \"Bo\"}; Bo",
                "{\"name\": \" \"}; Known Ada",
                "{\"name\": \"N/A\", \"full_name\": \"not provided\"}; Known Ada",
                "{\"first_name\": \"Unknown\", \"last_name\": \"unknown\", \"name\": \"Caller\"}; Known Ada",
                "{\"first_name\": \"Ada\", \"last_name\": \"N/A\"}; Ada"
            })
    void theNameIsTheAnalysissOrTheCrms(String custom, String name) {
        JsonNode person = analyzed("""
                "retell_llm_dynamic_variables": {"caller_name": "Known Ada", "caller_known": "true"},
                "call_type": "web_call", "call_analysis": {"custom_analysis_data": %s}""".formatted(custom)).data().at("/call/person");

        assertThat(person.path("name").asString()).isEqualTo(name);
        assertThat(person.path("known").asBoolean()).isTrue();
        assertThat(person.path("hidden").asBoolean()).isFalse();
    }

    @Test
    void theTokensOfTheModelArePartOfTheAnalysis() {
        var call = analyzed("\"llm_token_usage\": {\"average\": 4095.5, \"num_requests\": 11, \"values\": [4095.5]}")
                .data()
                .path("call");
        assertThat(call.at("/llm/averageTokens").decimalValue()).isEqualByComparingTo("4095.5");
        assertThat(call.at("/llm/requests").asInt()).isEqualTo(11);
        var odd = analyzed("\"llm_token_usage\": {\"average\": -1, \"num_requests\": \"x\"}")
                .data()
                .path("call");
        assertThat(odd.path("llm").isEmpty()).isTrue();
    }
}
