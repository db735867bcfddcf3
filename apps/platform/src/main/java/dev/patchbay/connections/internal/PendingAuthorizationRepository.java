package dev.patchbay.connections.internal;

import dev.patchbay.connections.OAuthConnect.Initiator;
import dev.patchbay.connections.internal.PendingAuthorization.Purpose;
import dev.patchbay.connections.internal.PendingAuthorization.State;
import dev.patchbay.kernel.ConnectionId;
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

/** Stores pending authorizations. Tickets and OAuth states are stored as hashes only. */
@Component
final class PendingAuthorizationRepository {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    PendingAuthorizationRepository(Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /** Within the tenant's transaction; deletes the tenant's expired ones. */
    void insert(String ticket, PendingAuthorization pending) {
        String tenant = pending.initiator().tenant().value();
        jdbc.sql("DELETE FROM patchbay.account_consent WHERE tenant_id = :tenant AND expires_at <= :now")
                .param("tenant", tenant)
                .param("now", now())
                .update();
        jdbc.sql("""
                        INSERT INTO patchbay.account_consent
                          (tenant_id, ticket_hash, provider, connection_id, again, name, settings, actor, session_id, expires_at)
                        VALUES (:tenant, :ticket, :provider, :connection, :again, :name, :settings::jsonb, :actor, :session, :expires)""")
                .param("tenant", tenant)
                .param("ticket", Secret.hash(ticket))
                .param("provider", pending.provider())
                .param("connection", pending.connectionId().value())
                .param("again", pending.purpose() == Purpose.RECONNECT)
                .param("name", pending.name())
                .param("settings", Json.write(pending.settings()))
                .param("actor", pending.initiator().actor())
                .param("session", pending.initiator().session().orElse(null))
                .param("expires", now().plus(LIFETIME))
                .update();
    }

    /** By its link's ticket, unless it has expired. */
    Optional<PendingAuthorization> find(String ticket) {
        return findTenant(ticket)
                .flatMap(tenant -> tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("""
                                SELECT * FROM patchbay.account_consent
                                WHERE tenant_id = :tenant AND ticket_hash = :ticket AND expires_at > :now""")
                                .param("tenant", tenant.value())
                                .param("ticket", Secret.hash(ticket))
                                .param("now", now())
                                .query((row, number) -> read(row))
                                .optional()));
    }

    /**
     * Moves it from {@link State#ISSUED} to {@link State#OPENED}; empty when another request was first.
     *
     * @param state the OAuth state that the callback will return
     */
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
                        .query((row, number) -> read(row))
                        .optional());
    }

    /**
     * Moves it from {@link State#OPENED} to {@link State#COMPLETED} by deleting it; empty when it is unknown, has expired or
     * was completed before.
     */
    Optional<PendingAuthorization> complete(String state) {
        return findTenant(state)
                .flatMap(tenant -> tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("""
                                DELETE FROM patchbay.account_consent
                                WHERE tenant_id = :tenant AND state_hash = :state AND expires_at > :now RETURNING *""")
                                .param("tenant", tenant.value())
                                .param("state", Secret.hash(state))
                                .param("now", now())
                                .query((row, number) -> read(row))
                                .optional()));
    }

    /** Through a definer function: a browser's request names no tenant. */
    private Optional<TenantId> findTenant(String ticketOrState) {
        return tenancy.throughDefinerFunction(() -> jdbc.sql("SELECT tenant_id FROM patchbay.consent_tenant(:hash)")
                .param("hash", Secret.hash(ticketOrState))
                .query((row, number) -> new TenantId(row.getString("tenant_id")))
                .optional());
    }

    private static PendingAuthorization read(ResultSet row) throws SQLException {
        return new PendingAuthorization(
                new Initiator(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("actor"),
                        Optional.ofNullable(row.getString("session_id"))),
                row.getString("provider"),
                new ConnectionId(row.getString("connection_id")),
                row.getBoolean("again") ? Purpose.RECONNECT : Purpose.CONNECT,
                row.getString("name"),
                (ObjectNode) Json.read(row.getString("settings")),
                row.getBytes("state_hash") == null ? State.ISSUED : State.OPENED);
    }
}
