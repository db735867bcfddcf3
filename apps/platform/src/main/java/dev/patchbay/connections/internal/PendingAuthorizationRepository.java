package dev.patchbay.connections.internal;

import dev.patchbay.connections.OAuthConnect.Initiator;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Consents under way, each opened once and taken once. What is kept of their secrets is hashes. */
@Component
final class PendingAuthorizationRepository {

    static final Duration LIFE = Duration.ofMinutes(10);

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    PendingAuthorizationRepository(Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param connectionId which it is about, or will be
     * @param again whether it has to be the account of that connection
     */
    record PendingAuthorization(
            Initiator starter, String provider, String connectionId, boolean again, String name, ObjectNode settings) {}

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** In the tenant's transaction; those that nobody finished go. */
    void begin(String ticket, PendingAuthorization pendingAuthorization) {
        String tenant = pendingAuthorization.starter().tenant().value();
        jdbc.sql("DELETE FROM patchbay.account_consent WHERE tenant_id = :tenant AND expires_at <= :now")
                .param("tenant", tenant)
                .param("now", now())
                .update();
        jdbc.sql("""
                        INSERT INTO patchbay.account_consent
                          (tenant_id, ticket_hash, provider, connection_id, again, name, settings, actor, session_id, expires_at)
                        VALUES (:tenant, :ticket, :provider, :connection, :again, :name, :settings::jsonb, :actor, :session, :ends)""")
                .param("tenant", tenant)
                .param("ticket", Secret.hash(ticket))
                .param("provider", pendingAuthorization.provider())
                .param("connection", pendingAuthorization.connectionId())
                .param("again", pendingAuthorization.again())
                .param("name", pendingAuthorization.name())
                .param("settings", Json.write(pendingAuthorization.settings()))
                .param("actor", pendingAuthorization.starter().actor())
                .param("session", pendingAuthorization.starter().session().orElse(null))
                .param("ends", now().plus(LIFE))
                .update();
    }

    /** One that nobody has opened yet. */
    Optional<PendingAuthorization> find(String ticket) {
        return tenant(ticket)
                .flatMap(tenant -> tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("""
                                SELECT * FROM patchbay.account_consent
                                WHERE tenant_id = :tenant AND ticket_hash = :ticket AND state_hash IS NULL
                                  AND expires_at > :now""")
                                .param("tenant", tenant.value())
                                .param("ticket", Secret.hash(ticket))
                                .param("now", now())
                                .query((row, number) -> begun(row))
                                .optional()));
    }

    /** Empty when somebody else was first. */
    Optional<PendingAuthorization> open(TenantId tenant, String ticket, String state) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                                UPDATE patchbay.account_consent SET state_hash = :state
                                WHERE tenant_id = :tenant AND ticket_hash = :ticket AND state_hash IS NULL
                                RETURNING *""")
                        .param("state", Secret.hash(state))
                        .param("tenant", tenant.value())
                        .param("ticket", Secret.hash(ticket))
                        .query((row, number) -> begun(row))
                        .optional());
    }

    /** Empty when there is none, it is too old, or it was taken before. */
    Optional<PendingAuthorization> take(String state) {
        return tenant(state)
                .flatMap(tenant -> tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("""
                                DELETE FROM patchbay.account_consent
                                WHERE tenant_id = :tenant AND state_hash = :state AND expires_at > :now RETURNING *""")
                                .param("tenant", tenant.value())
                                .param("state", Secret.hash(state))
                                .param("now", now())
                                .query((row, number) -> begun(row))
                                .optional()));
    }

    /** Through a door: browsers say no tenant. */
    private Optional<TenantId> tenant(String secret) {
        return tenancy.throughDoor(() -> jdbc.sql("SELECT tenant_id FROM patchbay.consent_tenant(:hash)")
                .param("hash", Secret.hash(secret))
                .query((row, number) -> new TenantId(row.getString("tenant_id")))
                .optional());
    }

    private static PendingAuthorization begun(ResultSet row) throws SQLException {
        return new PendingAuthorization(
                new Initiator(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("actor"),
                        Optional.ofNullable(row.getString("session_id"))),
                row.getString("provider"),
                row.getString("connection_id"),
                row.getBoolean("again"),
                row.getString("name"),
                (ObjectNode) Json.read(row.getString("settings")));
    }
}
