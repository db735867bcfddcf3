package dev.patchbay.flows.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.flows.spi.Reason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTests {

    static Stream<Verdict> everyVerdict() {
        return Stream.of(
                new Verdict.Done(),
                new Verdict.Again(Duration.ofMillis(1234), Reason.RATE_LIMITED),
                new Verdict.NotYet(Duration.ofSeconds(15)),
                new Verdict.GaveUp(Reason.NO_SLOT));
    }

    @ParameterizedTest
    @MethodSource("everyVerdict")
    void isReadAsItWasWritten(Verdict verdict) {
        assertThat(Verdict.read(verdict.write())).isEqualTo(verdict);
    }
}
