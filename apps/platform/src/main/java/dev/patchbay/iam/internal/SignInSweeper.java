package dev.patchbay.iam.internal;

import dev.patchbay.kernel.Recurring;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets go of sessions and invitations 90 days after their end, in portions; the audit trail keeps what became of them. */
@Component
class SignInSweeper extends Recurring {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final int PORTION = 1_000;

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    SignInSweeper(Settings process, Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        super("sign-in-sweeper", Duration.ofHours(1), process.roles().contains("worker"));
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    protected void once() {
        long gone;
        do {
            gone = prune();
        } while (gone > 0);
    }

    private long prune() {
        return tenancy.throughDoor(() -> jdbc.sql("SELECT patchbay.prune_sign_ins(:before, :most)")
                .param("before", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .param("most", PORTION)
                .query(Long.class)
                .single());
    }
}
