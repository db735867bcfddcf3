package dev.patchbay.insights.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The details of a call, whatever order its events have. */
class DetailsReaderTests {

    private static final Instant RECEIVED = Instant.parse("2026-11-30T10:00:00.123456Z");

    private static Event event(int number, String type, String call) {
        return new Event(
                new EventId("evt_" + number),
                new TenantId("tnt_1"),
                Optional.of(new ClientId("cli_1")),
                new ConnectionId("con_1"),
                type,
                "/connections/con_1",
                "call_1",
                RECEIVED.plusSeconds(number),
                CorrelationId.ofConversation("retell", "call_1"),
                Optional.empty(),
                Json.read("{\"call\": " + call + "}"),
                Optional.empty(),
                Event.Origin.WEBHOOK,
                RECEIVED.plusSeconds(number),
                EventStatus.DONE,
                Optional.empty());
    }

    private static CallDetails details(String call) {
        return DetailsReader.read(List.of(event(1, "voice.call.analyzed", call)));
    }

    @Test
    void theAnalysisKnowsMoreThanTheEndAndTheStart() {
        var details = DetailsReader.read(List.of(
                event(3, "voice.call.started", """
                        {"from": "+14155550100", "to": "+14155550199", "direction": "inbound",
                         "startedAt": "2026-11-30T09:58:00+00:00"}"""),
                event(1, "voice.call.analyzed", """
                        {"from": "+14155550100", "durationSeconds": 61.9,
                         "analysis": {"custom": {"first_name": " Ada ", "last_name": "Byron", "slot": "2026-12-01T10:00:00Z"}}}"""),
                event(2, "voice.call.ended", """
                        {"durationSeconds": 60, "person": {"number": "+14155550101", "name": "A. Byron", "hidden": false}}""")));

        assertThat(details)
                .isEqualTo(new CallDetails(
                        new ClientId("cli_1"),
                        Instant.parse("2026-11-30T09:58:00Z"),
                        61,
                        "inbound",
                        "+14155550100",
                        "+14155550199",
                        "+14155550100",
                        "Ada Byron",
                        "2026-12-01T10:00:00Z"));
    }

    @Test
    void theNameOfTheCrmIsTakenWhereTheAgentRecordedNone() {
        assertThat(details("{\"person\": {\"name\": \"Grace\", \"hidden\": true}, \"from\": \"+14155550100\"}"))
                .satisfies(details -> assertThat(details.callerName()).isEqualTo("Grace"))
                .satisfies(details -> assertThat(details.number())
                        .as("a person without a number has none, whatever stands in from")
                        .isNull());
    }

    @Test
    void membersThatSayNothingUsableAreLeftOut() {
        var details = details("""
                {"from": "anonymous", "to": "", "startedAt": "yesterday", "durationSeconds": -5,
                 "analysis": {"custom": {"first_name": ["a"], "slot": {}}}}""");

        assertThat(details.calledAt()).isEqualTo(Instant.parse("2026-11-30T10:00:01.123Z"));
        assertThat(details.seconds()).isZero();
        assertThat(details.from()).isEqualTo("anonymous");
        assertThat(details.to()).isNull();
        assertThat(details.number()).isNull();
        assertThat(details.callerName()).isNull();
        assertThat(details.requested()).isNull();
        assertThat(details("{\"startedAt\": 5, \"durationSeconds\": \"x\"}").seconds())
                .isZero();
    }

    @Test
    void longTextsAreCutAndLongCallsAreBounded() {
        var details = details("{\"durationSeconds\": 1e300, \"analysis\": {\"custom\": {\"first_name\": \""
                + "x".repeat(500) + "\"}}}");

        assertThat(details.seconds()).isEqualTo(7 * 24 * 3_600);
        assertThat(Objects.requireNonNull(details.callerName())).hasSize(200).endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theOrderOfEventsDoesNotMatter(long seed) {
        var random = new Random(seed);
        var types = List.of("voice.call.started", "voice.call.ended", "voice.call.analyzed");
        var events = new ArrayList<Event>();
        for (int number = 0; number < 5; number++) {
            String call = switch (random.nextInt(5)) {
                case 0 -> "{\"durationSeconds\": " + number + "}";
                case 1 -> "{\"from\": \"+1415555010" + number + "\"}";
                case 2 -> "{\"startedAt\": \"2026-11-30T09:0" + number + ":00Z\"}";
                case 3 -> "{\"analysis\": {\"custom\": {\"first_name\": \"N" + number + "\"}}}";
                default -> "{}";
            };
            events.add(event(number, types.get(random.nextInt(3)), call));
        }
        var expected = DetailsReader.read(events);

        for (int time = 0; time < 20; time++) {
            Collections.shuffle(events, random);
            assertThat(DetailsReader.read(events)).isEqualTo(expected);
        }
    }
}
