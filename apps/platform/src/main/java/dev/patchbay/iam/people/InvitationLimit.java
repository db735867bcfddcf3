package dev.patchbay.iam.people;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many invitations leave: each is a mail in our name to an address of somebody's choice. Within the tenant's transaction. */
@Component
public class InvitationLimit {

    private static final int A_DAY = 200;
    private static final int TO_ONE_AN_HOUR = 3;

    private final JdbcClient jdbc;
    private final Clock clock;

    InvitationLimit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Sent(int today, int toUser) {}

    /**
     * Asked before one more is written.
     *
     * @throws Problem {@code 429.rate_limited} when the agency, or the person, had as many as may be
     */
    public void requireRoom(TenantId tenant, String user) {
        // One at a time in each agency: counted at once, many would each find room.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('invitations/' || :tenant, 0))")
                .param("tenant", tenant.value())
                .query((row, number) -> number)
                .list();
        Sent sent = sent(tenant, user, clock.instant());
        if (sent.toUser() >= TO_ONE_AN_HOUR) {
            throw new Problem(
                    ProblemType.RATE_LIMITED,
                    "They were sent " + TO_ONE_AN_HOUR
                            + " invitations within an hour; have them look for the last one, or try again later.");
        }
        if (sent.today() >= A_DAY) {
            throw new Problem(
                    ProblemType.RATE_LIMITED,
                    "This agency has sent " + A_DAY + " invitations within a day; go on tomorrow.");
        }
    }

    private Sent sent(TenantId tenant, String user, Instant now) {
        return jdbc.sql("""
                        SELECT count(*) AS today, count(*) FILTER (WHERE user_id = :user AND created_at > :hour) AS to_user
                        FROM patchbay.invitation WHERE tenant_id = :tenant AND created_at > :day""")
                .param("user", user)
                .param("hour", now.minus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))
                .param("day", now.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .query((row, number) -> new Sent(row.getInt("today"), row.getInt("to_user")))
                .single();
    }
}
