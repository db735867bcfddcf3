package dev.patchbay.iam.people;

import dev.patchbay.iam.people.Invitations.Invitation;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of invitations; within the tenant's transaction. */
@Component
public class InvitationRepository {

    private final JdbcClient jdbc;

    InvitationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(TenantId tenant, Invitation invitation, byte[] hash) {
        jdbc.sql("""
                        INSERT INTO patchbay.invitation
                          (tenant_id, invitation_id, user_id, hash, invited_by, created_at, expires_at)
                        VALUES (:tenant, :invitation, :user, :hash, :by, :now, :ends)""")
                .param("tenant", tenant.value())
                .param("invitation", invitation.id())
                .param("user", invitation.userId())
                .param("hash", hash)
                .param("by", invitation.invitedBy())
                .param("now", invitation.createdAt().atOffset(ZoneOffset.UTC))
                .param("ends", invitation.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whether the user has an invitation that can still be accepted. */
    public boolean isOpen(TenantId tenant, String user, Instant now) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM patchbay.invitation
                        WHERE tenant_id = :tenant AND user_id = :user AND accepted_at IS NULL AND revoked_at IS NULL
                          AND expires_at > :now)""")
                .param("tenant", tenant.value())
                .param("user", user)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Where the invitation belongs that has this secret; through the door. */
    public record Found(TenantId tenant, String id) {}

    /** One that can still be accepted; through the door. */
    public Optional<Found> find(byte[] hash, Instant now) {
        return jdbc.sql("SELECT tenant_id, invitation_id FROM patchbay.find_invitation(:hash, :now)")
                .param("hash", hash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Found(new TenantId(row.getString("tenant_id")), row.getString("invitation_id")))
                .optional();
    }

    public Optional<Invitation> find(TenantId tenant, String id) {
        return jdbc.sql("SELECT * FROM patchbay.invitation WHERE tenant_id = :tenant AND invitation_id = :invitation")
                .param("tenant", tenant.value())
                .param("invitation", id)
                .query((row, number) -> invitation(row))
                .optional();
    }

    /** Within a scope of clients: those of people who have a role for one of them, by themselves or through a group. */
    public List<Invitation> list(TenantScope scope, int limit, String after) {
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

    /** False when it was accepted or taken back before. */
    public boolean revoke(TenantId tenant, String id, Instant now) {
        return jdbc.sql("""
                        UPDATE patchbay.invitation SET revoked_at = :now
                        WHERE tenant_id = :tenant AND invitation_id = :invitation
                          AND accepted_at IS NULL AND revoked_at IS NULL""")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("tenant", tenant.value())
                        .param("invitation", id)
                        .update()
                == 1;
    }

    /** Ends whatever link the user still has. */
    public void revokeOf(TenantId tenant, String user, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.invitation SET revoked_at = :now
                        WHERE tenant_id = :tenant AND user_id = :user AND accepted_at IS NULL AND revoked_at IS NULL""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("user", user)
                .update();
    }

    /** False when another was faster, or it is over. */
    public boolean accept(TenantId tenant, String id, Instant now) {
        return jdbc.sql("""
                        UPDATE patchbay.invitation SET accepted_at = :now
                        WHERE tenant_id = :tenant AND invitation_id = :invitation
                          AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > :now""")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("tenant", tenant.value())
                        .param("invitation", id)
                        .update()
                == 1;
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getString("invitation_id"),
                row.getString("user_id"),
                row.getString("invited_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                instant(row, "accepted_at"),
                instant(row, "revoked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }
}
