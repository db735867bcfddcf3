package dev.patchbay.iam.people;

import dev.patchbay.iam.InvitationId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
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

/** Reads and writes invitations, within the tenant's transaction except for {@link #locate}. */
@Component
class InvitationRepository {

    private final JdbcClient jdbc;

    InvitationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(TenantId tenant, Invitation invitation, byte[] hash) {
        jdbc.sql("""
                        INSERT INTO patchbay.invitation
                          (tenant_id, invitation_id, user_id, hash, invited_by, created_at, expires_at)
                        VALUES (:tenant, :invitation, :user, :hash, :by, :now, :ends)""")
                .param("tenant", tenant.value())
                .param("invitation", invitation.id().value())
                .param("user", invitation.userId().value())
                .param("hash", hash)
                .param("by", invitation.invitedBy())
                .param("now", invitation.createdAt().atOffset(ZoneOffset.UTC))
                .param("ends", invitation.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Returns whether the user has an open invitation. */
    boolean hasOpen(TenantId tenant, UserId user, Instant now) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM patchbay.invitation
                        WHERE tenant_id = :tenant AND user_id = :user AND accepted_at IS NULL AND revoked_at IS NULL
                          AND expires_at > :now)""")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** The tenant and id of an invitation that was found by its secret. */
    record Location(TenantId tenant, InvitationId id) {}

    /** Locates an open invitation by the hash of its secret. A definer function is used because the tenant is not known yet. */
    Optional<Location> locate(byte[] hash, Instant now) {
        return jdbc.sql("SELECT tenant_id, invitation_id FROM patchbay.find_invitation(:hash, :now)")
                .param("hash", hash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Location(
                        new TenantId(row.getString("tenant_id")), new InvitationId(row.getString("invitation_id"))))
                .optional();
    }

    Optional<Invitation> find(TenantId tenant, InvitationId id) {
        return jdbc.sql("SELECT * FROM patchbay.invitation WHERE tenant_id = :tenant AND invitation_id = :invitation")
                .param("tenant", tenant.value())
                .param("invitation", id.value())
                .query((row, number) -> invitation(row))
                .optional();
    }

    /**
     * Lists invitations, newest first. In a scope of clients these are the invitations of users who have a role for one of the
     * clients, directly or through a group.
     */
    List<Invitation> list(TenantScope scope, int limit, String after) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.invitation i
                        WHERE i.tenant_id = :tenant AND (:after = '' OR i.invitation_id < :after)
                          AND (:scoped::text[] IS NULL OR EXISTS (
                            SELECT FROM patchbay.role_assignment a
                            WHERE a.tenant_id = i.tenant_id AND a.client_id = ANY (:scoped)
                              AND (a.subject_id = i.user_id OR a.subject_id IN (
                                SELECT m.group_id FROM patchbay.group_member m
                                WHERE m.tenant_id = i.tenant_id AND m.user_id = i.user_id))))
                        ORDER BY i.invitation_id DESC LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("after", after)
                .param("scoped", scope.scoped())
                .param("limit", limit)
                .query((row, number) -> invitation(row))
                .list();
    }

    /** Returns the open invitations that these users or service tokens sent, by id. */
    List<Invitation> listOpenSentBy(TenantId tenant, List<String> senders, Instant now) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.invitation
                        WHERE tenant_id = :tenant AND invited_by = ANY (:senders) AND accepted_at IS NULL AND revoked_at IS NULL
                          AND expires_at > :now
                        ORDER BY invitation_id""")
                .param("tenant", tenant.value())
                .param("senders", senders.toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> invitation(row))
                .list();
    }

    /** Revokes the invitation; returns false when it was accepted or revoked before. */
    boolean revoke(TenantId tenant, InvitationId id, Instant now) {
        return jdbc.sql("""
                        UPDATE patchbay.invitation SET revoked_at = :now
                        WHERE tenant_id = :tenant AND invitation_id = :invitation
                          AND accepted_at IS NULL AND revoked_at IS NULL""")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("tenant", tenant.value())
                        .param("invitation", id.value())
                        .update()
                == 1;
    }

    /** Revokes every invitation of the user that was neither accepted nor revoked. */
    void revokeAll(TenantId tenant, UserId user, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.invitation SET revoked_at = :now
                        WHERE tenant_id = :tenant AND user_id = :user AND accepted_at IS NULL AND revoked_at IS NULL""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("user", user.value())
                .update();
    }

    /** Accepts the invitation; returns false when it is no longer open. */
    boolean accept(TenantId tenant, InvitationId id, Instant now) {
        return jdbc.sql("""
                        UPDATE patchbay.invitation SET accepted_at = :now
                        WHERE tenant_id = :tenant AND invitation_id = :invitation
                          AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > :now""")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("tenant", tenant.value())
                        .param("invitation", id.value())
                        .update()
                == 1;
    }

    /** Blocks other invitations of this tenant until the transaction ends, so that the limits are counted correctly. */
    void lockTenant(TenantId tenant) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('invitations/' || :tenant, 0))")
                .param("tenant", tenant.value())
                .query((row, number) -> number)
                .list();
    }

    /**
     * @param tenantLastDay the number of the tenant's invitations in the last 24 hours
     * @param userLastHour the number of the user's invitations in the last hour
     */
    record SentCounts(int tenantLastDay, int userLastHour) {}

    SentCounts countSent(TenantId tenant, UserId user, Instant now) {
        return jdbc.sql("""
                        SELECT count(*) AS today, count(*) FILTER (WHERE user_id = :user AND created_at > :hour) AS to_user
                        FROM patchbay.invitation WHERE tenant_id = :tenant AND created_at > :day""")
                .param("user", user.value())
                .param("hour", now.minus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))
                .param("day", now.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .query((row, number) -> new SentCounts(row.getInt("today"), row.getInt("to_user")))
                .single();
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                new InvitationId(row.getString("invitation_id")),
                new UserId(row.getString("user_id")),
                row.getString("invited_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                instant(row, "accepted_at"),
                instant(row, "revoked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
