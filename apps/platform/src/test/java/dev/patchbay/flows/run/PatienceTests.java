package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.TaskMetadata;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PatienceTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final PatienceSettings SETTINGS =
            new PatienceSettings(Duration.ofHours(24), Duration.ofDays(30), Duration.ofHours(2), Duration.ofHours(12));

    private static Patience patience(String function, JsonNode input, TaskMetadata metadata) {
        var step = StepRecord.start(new StepId("/do/0/x", "x", 0), 0, function, input, NOON);
        return new Patience(SETTINGS, PortFunction.byName(function), step, metadata);
    }

    private static Duration of(String function, JsonNode input) {
        return Duration.between(
                NOON, patience(function, input, TaskMetadata.NONE).end(FailureReason.PROVIDER_DOWN));
    }

    private static TaskMetadata withPatience(Duration patience) {
        return new TaskMetadata(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(patience));
    }

    @Test
    void theFunctionDecidesUnlessTheFlowDoes() {
        assertThat(of("crm.upsertContact", Json.object())).isEqualTo(Duration.ofHours(24));
        assertThat(of("messaging.sendSms", Json.object())).isEqualTo(Duration.ofHours(2));
        assertThat(of("notify.email", Json.object())).isEqualTo(Duration.ofHours(2));
        assertThat(patience("crm.upsertContact", Json.object(), withPatience(Duration.ofMinutes(3)))
                        .end(FailureReason.PROVIDER_DOWN))
                .isEqualTo(NOON.plus(Duration.ofMinutes(3)));
    }

    @Test
    void aBookingsPatienceEndsAtItsStart() {
        assertThat(of("calendar.book", Json.object().put("start", "2026-11-25T15:30:00+01:00")))
                .isEqualTo(Duration.ofMinutes(150));
        assertThat(of("calendar.book", Json.object().put("start", "2027-11-25T15:30:00+01:00")))
                .isEqualTo(Duration.ofDays(30));
        assertThat(of("calendar.book", Json.object().put("start", "soon"))).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void lookUpsHaveTheirOwnPatience() {
        assertThat(patience("messaging.sendSms", Json.object(), TaskMetadata.NONE)
                        .end(FailureReason.UNKNOWN_OUTCOME))
                .isEqualTo(NOON.plus(Duration.ofHours(12)));
        assertThat(patience("messaging.sendSms", Json.object(), withPatience(Duration.ofHours(13)))
                        .end(FailureReason.UNKNOWN_OUTCOME))
                .isEqualTo(NOON.plus(Duration.ofHours(13)));
    }

    @Test
    void onlyAMessageIsTooLateWhenItsPatienceIsOver() {
        var text = patience("messaging.sendSms", Json.object(), TaskMetadata.NONE);
        assertThat(text.reasonWhenOver(FailureReason.PROVIDER_DOWN)).isEqualTo(FailureReason.TOO_LATE);
        assertThat(text.reasonWhenOver(FailureReason.RATE_LIMITED)).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(patience("messaging.sendSms", Json.object(), withPatience(Duration.ZERO))
                        .reasonWhenOver(FailureReason.PROVIDER_DOWN))
                .isEqualTo(FailureReason.PROVIDER_DOWN);
        assertThat(patience("crm.upsertContact", Json.object(), TaskMetadata.NONE)
                        .reasonWhenOver(FailureReason.PROVIDER_DOWN))
                .isEqualTo(FailureReason.PROVIDER_DOWN);
    }
}
