package dev.patchbay.iam.sessions;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.sessions.Sessions.Session;
import dev.patchbay.iam.sessions.Sessions.Impersonation;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of sessions; within the tenant's transaction, but for {@link #use}. */
@Component
public class SessionRepository {

    private final JdbcClient jdbc;

    SessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(TenantId tenant, Session session, byte[] hash) {
        jdbc.sql("""
                        INSERT INTO patchbay.user_session
                          (tenant_id, session_id, hash, user_id, created_at, seen_at, idle_until, absolute_until, source_ip,
                           user_agent, support_by, support_name, support_reason, support_session)
                        VALUES (:tenant, :session, :hash, :user, :now, :now, :idle, :absolute, :ip,
                                :agent, :by, :name, :reason, :from)""")
                .param("tenant", tenant.value())
                .param("session", session.id())
                .param("hash", hash)
                .param("user", session.userId())
                .param("now", session.createdAt().atOffset(ZoneOffset.UTC))
                .param("idle", session.until().atOffset(ZoneOffset.UTC))
                .param("absolute", session.absoluteUntil().atOffset(ZoneOffset.UTC))
                .param("ip", session.sourceIp())
                .param("agent", session.userAgent())
                .param("by", of(session, Impersonation::impersonator))
                .param("name", of(session, Impersonation::name))
                .param("reason", of(session, Impersonation::reason))
                .param("from", of(session, Impersonation::session))
                .update();
    }

    private static @Nullable String of(Session session, Function<Impersonation, String> member) {
        return Optional.ofNullable(session.support()).map(member).orElse(null);
    }

    /** Through the door: whose it is, while it is good. */
    public Optional<Identity> use(byte[] hash, Duration idle, Instant now) {
        return jdbc.sql("""
                        SELECT tenant_id, session_id, user_id, support_by
                        FROM patchbay.use_session(:hash, :now, :idle)""")
                .param("hash", hash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("idle", idle.toSeconds())
                .query((row, number) -> Identity.user(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("user_id"),
                        row.getString("session_id"),
                        Optional.ofNullable(row.getString("support_by"))))
                .optional();
    }

    public Optional<Session> find(TenantId tenant, String id) {
        return jdbc.sql("SELECT * FROM patchbay.user_session WHERE tenant_id = :tenant AND session_id = :session")
                .param("tenant", tenant.value())
                .param("session", id)
                .query((row, number) -> session(row))
                .optional();
    }

    /** Those that are still good, newest first. */
    public List<Session> list(TenantId tenant, String user, Instant now) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.user_session
                        WHERE tenant_id = :tenant AND user_id = :user AND ended_at IS NULL AND idle_until > :now
                        ORDER BY session_id DESC""")
                .param("tenant", tenant.value())
                .param("user", user)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> session(row))
                .list();
    }

    public List<Session> supported(TenantId tenant, int limit, String after) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.user_session
                        WHERE tenant_id = :tenant AND support_by IS NOT NULL AND (:after = '' OR session_id < :after)
                        ORDER BY session_id DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> session(row))
                .list();
    }

    public boolean end(TenantId tenant, String id, Instant now) {
        return jdbc.sql("""
                        UPDATE patchbay.user_session SET ended_at = :now
                        WHERE tenant_id = :tenant AND session_id = :session AND ended_at IS NULL AND idle_until > :now""")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("tenant", tenant.value())
                        .param("session", id)
                        .update()
                == 1;
    }

    private static Session session(ResultSet row) throws SQLException {
        var ended = row.getTimestamp("ended_at");
        String by = row.getString("support_by");
        return new Session(
                row.getString("session_id"),
                row.getString("user_id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("seen_at").toInstant(),
                row.getTimestamp("idle_until").toInstant(),
                row.getTimestamp("absolute_until").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("source_ip"),
                row.getString("user_agent"),
                by == null
                        ? null
                        : new Impersonation(
                                by,
                                row.getString("support_name"),
                                row.getString("support_reason"),
                                row.getString("support_session")));
    }
}
