package dev.patchbay.iam.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.SessionId;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A session is active until it expires or is ended. */
class SessionStateTests {

    private static final Instant END = Instant.parse("2026-11-24T10:00:00Z");

    private static Session session(@Nullable Instant endedAt) {
        Instant start = END.minusSeconds(60);
        return new Session(
                new SessionId("ses_1"),
                new UserId("usr_1"),
                start,
                start,
                END,
                END,
                endedAt,
                "192.0.2.1",
                "browser",
                null);
    }

    @Test
    void stateFollowsFromTheTimes() {
        Instant before = END.minusSeconds(1);
        assertThat(session(null).stateAt(before)).isEqualTo(SessionState.ACTIVE);
        assertThat(session(null).stateAt(END)).isEqualTo(SessionState.EXPIRED);
        assertThat(session(before).stateAt(END)).isEqualTo(SessionState.ENDED);
    }
}
