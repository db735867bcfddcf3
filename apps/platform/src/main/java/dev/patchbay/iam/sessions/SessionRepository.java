package dev.patchbay.iam.sessions;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes sessions, within the tenant's transaction except for {@link #authenticate}. */
@Component
class SessionRepository {

    private final JdbcClient jdbc;

    SessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(TenantId tenant, Session session, byte[] hash) {
        var impersonation = Optional.ofNullable(session.impersonation());
        jdbc.sql("""
                        INSERT INTO patchbay.user_session
                          (tenant_id, session_id, hash, user_id, created_at, seen_at, idle_until, absolute_until, source_ip,
                           user_agent, impersonator_id, impersonator_name, impersonation_reason, impersonator_session_id)
                        VALUES (:tenant, :session, :hash, :user, :now, :now, :idle, :absolute, :ip,
                                :agent, :impersonator, :name, :reason, :from)""")
                .param("tenant", tenant.value())
                .param("session", session.id().value())
                .param("hash", hash)
                .param("user", session.userId().value())
                .param("now", session.createdAt().atOffset(ZoneOffset.UTC))
                .param("idle", session.until().atOffset(ZoneOffset.UTC))
                .param("absolute", session.absoluteUntil().atOffset(ZoneOffset.UTC))
                .param("ip", session.sourceIp())
                .param("agent", session.userAgent())
                .param(
                        "impersonator",
                        impersonation.map(it -> it.impersonator().value()).orElse(null))
                .param("name", impersonation.map(Impersonation::name).orElse(null))
                .param("reason", impersonation.map(Impersonation::reason).orElse(null))
                .param("from", impersonation.map(it -> it.session().value()).orElse(null))
                .update();
    }

    /**
     * The identity of an active session, by a definer function: its tenant is not known yet. Extends the session.
     *
     * @param idle how long it lasts from now on without use
     */
    Optional<Identity> authenticate(byte[] hash, Duration idle, Instant now) {
        return jdbc.sql("""
                        SELECT tenant_id, session_id, user_id, impersonator_id
                        FROM patchbay.use_session(:hash, :now, :idle)""")
                .param("hash", hash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("idle", idle.toSeconds())
                .query((row, number) -> Identity.ofUser(
                        new TenantId(row.getString("tenant_id")),
                        new UserId(row.getString("user_id")),
                        new SessionId(row.getString("session_id")),
                        Optional.ofNullable(row.getString("impersonator_id")).map(UserId::new)))
                .optional();
    }

    Optional<Session> find(TenantId tenant, SessionId id) {
        return jdbc.sql("SELECT * FROM patchbay.user_session WHERE tenant_id = :tenant AND session_id = :session")
                .param("tenant", tenant.value())
                .param("session", id.value())
                .query((row, number) -> session(row))
                .optional();
    }

    /** The active sessions of the user, newest first. */
    List<Session> listActive(TenantId tenant, UserId user, Instant now) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.user_session
                        WHERE tenant_id = :tenant AND user_id = :user AND ended_at IS NULL AND idle_until > :now
                        ORDER BY session_id DESC""")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> session(row))
                .list();
    }

    List<Session> listImpersonations(TenantId tenant, int limit, String after) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.user_session
                        WHERE tenant_id = :tenant AND impersonator_id IS NOT NULL AND (:after = '' OR session_id < :after)
                        ORDER BY session_id DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> session(row))
                .list();
    }

    /** False when it was ended or had expired before. */
    boolean end(TenantId tenant, SessionId id, Instant now) {
        return jdbc.sql("""
                        UPDATE patchbay.user_session SET ended_at = :now
                        WHERE tenant_id = :tenant AND session_id = :session AND ended_at IS NULL AND idle_until > :now""")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("tenant", tenant.value())
                        .param("session", id.value())
                        .update()
                == 1;
    }

    private static Session session(ResultSet row) throws SQLException {
        var ended = row.getTimestamp("ended_at");
        return new Session(
                new SessionId(row.getString("session_id")),
                new UserId(row.getString("user_id")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("seen_at").toInstant(),
                row.getTimestamp("idle_until").toInstant(),
                row.getTimestamp("absolute_until").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("source_ip"),
                row.getString("user_agent"),
                impersonation(row));
    }

    private static @Nullable Impersonation impersonation(ResultSet row) throws SQLException {
        String impersonator = row.getString("impersonator_id");
        return impersonator == null
                ? null
                : new Impersonation(
                        new UserId(impersonator),
                        row.getString("impersonator_name"),
                        row.getString("impersonation_reason"),
                        new SessionId(row.getString("impersonator_session_id")));
    }
}
