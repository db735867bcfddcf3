package dev.patchbay.iam.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.TokenId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A token that has ended is never accepted again. */
class TokenStateTests {

    private static final Instant END = Instant.parse("2026-11-24T10:00:00Z");

    private static ServiceToken token(@Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return new ServiceToken(
                new TokenId("tok_1"),
                "ci",
                List.of("read:runs"),
                null,
                "system",
                END.minusSeconds(60),
                expiresAt,
                revokedAt,
                null);
    }

    @Test
    void stateFollowsFromTheTimes() {
        Instant before = END.minusSeconds(1);
        assertThat(token(null, null).stateAt(END)).isEqualTo(TokenState.ACTIVE);
        assertThat(token(END, null).stateAt(before)).isEqualTo(TokenState.ACTIVE);
        assertThat(token(END, null).stateAt(END)).isEqualTo(TokenState.EXPIRED);
        assertThat(token(null, before).stateAt(END)).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void noStateLeadsBackToActive() {
        assertThat(TokenState.ACTIVE.mayBecome(TokenState.EXPIRED)).isTrue();
        assertThat(TokenState.ACTIVE.mayBecome(TokenState.REVOKED)).isTrue();
        assertThat(TokenState.EXPIRED.mayBecome(TokenState.REVOKED)).isTrue();
        assertThat(TokenState.EXPIRED.mayBecome(TokenState.ACTIVE)).isFalse();
        assertThat(TokenState.REVOKED.mayBecome(TokenState.ACTIVE)).isFalse();
    }
}
