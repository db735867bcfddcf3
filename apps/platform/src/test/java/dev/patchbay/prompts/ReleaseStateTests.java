package dev.patchbay.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseStateTests {

    @ParameterizedTest
    @CsvSource({
        "VALIDATED, approved published withdrawn",
        "APPROVED, published withdrawn",
        "PUBLISHED, superseded",
        "SUPERSEDED, published",
        "WITHDRAWN, ''"
    })
    void aReleaseBecomesTheStatesThatFollowItsOwn(ReleaseState state, String following) {
        assertThat(Arrays.stream(ReleaseState.values())
                        .filter(state::mayBecome)
                        .map(ReleaseState::wireName)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(following);
    }
}
