package dev.patchbay.iam.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.InvitationId;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An invitation ends once. */
class InvitationStateTests {

    private static final Instant END = Instant.parse("2026-11-24T10:00:00Z");

    private static Invitation invitation(@Nullable Instant acceptedAt, @Nullable Instant revokedAt) {
        return new Invitation(
                new InvitationId("inv_1"),
                new UserId("usr_1"),
                "usr_2",
                END.minusSeconds(60),
                END,
                acceptedAt,
                revokedAt);
    }

    @Test
    void stateFollowsFromTheTimes() {
        Instant before = END.minusSeconds(1);
        assertThat(invitation(null, null).stateAt(before)).isEqualTo(InvitationState.OPEN);
        assertThat(invitation(null, null).stateAt(END)).isEqualTo(InvitationState.EXPIRED);
        assertThat(invitation(before, null).stateAt(END)).isEqualTo(InvitationState.ACCEPTED);
        assertThat(invitation(null, before).stateAt(END)).isEqualTo(InvitationState.REVOKED);
    }

    @Test
    void onlyAnOpenInvitationIsAccepted() {
        assertThat(InvitationState.OPEN.mayBecome(InvitationState.ACCEPTED)).isTrue();
        assertThat(InvitationState.EXPIRED.mayBecome(InvitationState.ACCEPTED)).isFalse();
        assertThat(InvitationState.EXPIRED.mayBecome(InvitationState.REVOKED)).isTrue();
        assertThat(InvitationState.ACCEPTED.mayBecome(InvitationState.REVOKED)).isFalse();
        assertThat(InvitationState.REVOKED.mayBecome(InvitationState.OPEN)).isFalse();
    }
}
