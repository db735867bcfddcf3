package dev.patchbay.iam.signin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes pending sign-ins by definer functions: they belong to no tenant yet. */
@Component
class PendingSignInRepository {

    private final JdbcClient jdbc;

    PendingSignInRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(byte[] stateHash, PendingSignIn signIn, Instant now, Instant expiresAt) {
        jdbc.sql("SELECT patchbay.begin_sign_in(:state, :path, :invitation, :now, :ends)")
                .param("state", stateHash)
                .param("path", signIn.returnPath())
                .param("invitation", signIn.invitation().orElse(null))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("ends", expiresAt.atOffset(ZoneOffset.UTC))
                .query((row, number) -> number)
                .list();
    }

    /** Deletes the pending sign-in and returns it; empty when there is none, it has expired or was taken before. */
    Optional<PendingSignIn> take(byte[] stateHash, Instant now) {
        return jdbc.sql("SELECT goal, invitation FROM patchbay.take_sign_in(:state, :now)")
                .param("state", stateHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new PendingSignIn(row.getString("goal"), Optional.ofNullable(row.getBytes("invitation"))))
                .optional();
    }
}
