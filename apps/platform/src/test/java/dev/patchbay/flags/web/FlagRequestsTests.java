package dev.patchbay.flags.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.flags.AllowEntry;
import dev.patchbay.flags.web.FlagRequests.AllowRequest;
import dev.patchbay.kernel.Problem;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagRequestsTests {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    @Test
    void anEntryIsForATenantOrAUser() {
        assertThat(new AllowRequest("tnt_a", null, null, "pilot").toEntry(NOW))
                .isEqualTo(new AllowEntry(null, AllowEntry.Kind.TENANT, "tnt_a", null));
        assertThat(new AllowRequest(null, "usr_a", NOW.plusSeconds(1), "pilot").toEntry(NOW))
                .isEqualTo(new AllowEntry(null, AllowEntry.Kind.USER, "usr_a", NOW.plusSeconds(1)));
        assertThatThrownBy(() -> new AllowRequest(null, null, null, "pilot").toEntry(NOW))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new AllowRequest("tnt_a", "usr_a", null, "pilot").toEntry(NOW))
                .isInstanceOf(Problem.class);
    }

    @Test
    void anEntryEndsInTheFuture() {
        assertThatThrownBy(() -> new AllowRequest("tnt_a", null, NOW, "pilot").toEntry(NOW))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("past");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void aReasonIsNeeded(@org.jspecify.annotations.Nullable String reason) {
        assertThatThrownBy(() -> FlagRequests.reason(reason)).isInstanceOf(Problem.class);
    }

    @Test
    void aReasonHas300CharactersAtMost() {
        assertThat(FlagRequests.reason(" " + "x".repeat(299))).isEqualTo("x".repeat(299));
        assertThatThrownBy(() -> FlagRequests.reason("x".repeat(301))).isInstanceOf(Problem.class);
    }
}
