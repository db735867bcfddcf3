package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptResultTests {

    @Test
    void aResultIsReadBackFromTheJournal() {
        assertThat(read(new Outcome.Succeeded(Json.object())))
                .isEqualTo(new AttemptResult(AttemptOutcome.SUCCEEDED, Optional.empty(), Optional.empty()));
        assertThat(read(new Outcome.NeedsPerson("Look.")).outcome()).isEqualTo(AttemptOutcome.NEEDS_PERSON);
        assertThat(read(new Outcome.Deferred(Duration.ofSeconds(1))))
                .isEqualTo(new AttemptResult(
                        AttemptOutcome.DEFERRED, Optional.empty(), Optional.of(Duration.ofSeconds(1))));
        assertThat(read(new Outcome.Retry(Duration.ofSeconds(2), FailureReason.RATE_LIMITED, "Slow.")))
                .isEqualTo(new AttemptResult(
                        AttemptOutcome.RETRIED,
                        Optional.of(FailureReason.RATE_LIMITED),
                        Optional.of(Duration.ofSeconds(2))));
        assertThat(read(new Outcome.Failed(FailureReason.NO_SLOT, "Taken.")))
                .isEqualTo(
                        new AttemptResult(AttemptOutcome.FAILED, Optional.of(FailureReason.NO_SLOT), Optional.empty()));
    }

    private static AttemptResult read(Outcome outcome) {
        return AttemptResult.parse(outcome.text());
    }

    @Test
    void anotherWordIsNoOutcome() {
        assertThatThrownBy(() -> AttemptResult.parse("perhaps")).isInstanceOf(IllegalArgumentException.class);
        assertThat(AttemptOutcome.NEEDS_PERSON.code()).isEqualTo("needs_person");
    }
}
