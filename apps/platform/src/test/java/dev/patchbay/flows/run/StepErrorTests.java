package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StepErrorTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final StepRecord STEP =
            StepRecord.start(new StepId("/do/0/text", "text", 0), 0, "messaging.sendSms", Json.object(), NOON);
    private static final StepRecord TRIED =
            STEP.await(StepError.details(FailureReason.PROVIDER_DOWN, "Twilio answered 503."), null);

    private static JsonNode error(StepRecord step, Deadline deadline) {
        return new StepError(step, deadline, null).of(FailureReason.RATE_LIMITED, "It is busy.", NOON);
    }

    @Test
    void beforeTheDeadlineTheReasonIsTheErrorAndNamesTheConnection() {
        JsonNode error = new StepError(STEP, Deadline.NONE, new ConnectionId("con_1"))
                .of(FailureReason.PROVIDER_DOWN, "It is away.", NOON);

        assertThat(error.path("title").asString()).isEqualTo("provider_down");
        assertThat(error.path("detail").asString()).isEqualTo("It is away.");
        assertThat(error.path("connection").asString()).isEqualTo("con_1");
        assertThat(error(STEP, Deadline.NONE).has("connection")).isFalse();
    }

    @Test
    void afterTheDeadlineTheErrorIsATimeoutThatNamesWhatStoodInTheWay() {
        var limit = new Deadline(NOON, "/do/0/text");

        assertThat(error(STEP, limit).path("reason").asString()).isEqualTo("rate_limited");
        JsonNode blocked = error(TRIED, limit);
        assertThat(blocked.path("title").asString()).isEqualTo("timeout");
        assertThat(blocked.path("reason").asString()).isEqualTo("provider_down");
        assertThat(blocked.path("detail").asString())
                .isEqualTo("The time limit of “text” was over. It is busy. The attempt before: Twilio answered 503.");
    }

    @Test
    void aTextWithoutUseIsTooLateWhateverStoodInTheWay() {
        var end = new Deadline(NOON, "/do/0/text", "The appointment that “text” is about");

        assertThat(error(TRIED, end).path("reason").asString()).isEqualTo("too_late");
        assertThat(error(TRIED, end).path("detail").asString())
                .startsWith("The appointment that “text” is about was over. It is busy.");
        assertThat(end.hasPassed(NOON.minusMillis(1))).isFalse();
    }

    @Test
    void sentencesSayHowOftenAndWhetherTheOutcomeIsOpen() {
        assertThat(StepError.withAttempts("Down", 4)).isEqualTo("Down. It was tried 4 times.");
        assertThat(StepError.withAttempts("Down.", 4)).isEqualTo("Down. It was tried 4 times.");
        assertThat(StepError.withOpenEffect(error(STEP, Deadline.NONE)))
                .isEqualTo("It is busy. Whether what was sent before was carried out is not known.");
        assertThat(StepError.withOpenEffect(
                        Json.object().put("title", "unknown_outcome").put("detail", "Lost.")))
                .isEqualTo("Lost.");
        assertThat(STEP.findReason()).isEmpty();
        assertThat(TRIED.findReason()).contains(FailureReason.PROVIDER_DOWN);
    }
}
