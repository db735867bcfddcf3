package dev.patchbay.iam.signin;

import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sign-ins under way, each taken once. */
@Component
class PendingSignInRepository {

    static final Duration LIFE = Duration.ofMinutes(10);

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    PendingSignInRepository(Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param goal where the person wanted to go, an address of ours
     * @param invitation the hash of an invitation's secret
     */
    record PendingSignIn(String goal, Optional<byte[]> invitation) {}

    void begin(String state, PendingSignIn pendingSignIn) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        tenancy.throughDefinerFunction(
                () -> jdbc.sql("SELECT patchbay.begin_sign_in(:state, :goal, :invitation, :now, :ends)")
                        .param("state", Secret.hash(state))
                        .param("goal", pendingSignIn.goal())
                        .param("invitation", pendingSignIn.invitation().orElse(null))
                        .param("now", now)
                        .param("ends", now.plus(LIFE))
                        .query((row, number) -> number)
                        .list());
    }

    /** Empty when there is none, it is too old, or it was taken before. */
    Optional<PendingSignIn> take(String state) {
        return tenancy.throughDefinerFunction(() -> jdbc.sql(
                        "SELECT goal, invitation FROM patchbay.take_sign_in(:state, :now)")
                .param("state", Secret.hash(state))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new PendingSignIn(row.getString("goal"), Optional.ofNullable(row.getBytes("invitation"))))
                .optional());
    }
}
