package dev.patchbay.iam.tokens;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tokens by which programs call the API: opaque ({@code pbt_} and 32 random bytes), shown once, kept as SHA-256 only.
 * A random token needs no slow hash: there is nothing to guess from. It is looked up at every use, so it ends at once.
 */
@Component
public class ServiceTokens {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ChangeAudit audit;
    private final Clock clock;

    ServiceTokens(Tenancy tenancy, JdbcClient jdbc, ChangeAudit audit, Clock clock) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a new token is to be.
     *
     * @param client the only client it serves; empty: the whole tenant
     * @param expiresAt empty: it lasts until it is revoked
     */
    public record NewToken(
            String name, Set<Permission> permissions, Optional<ClientId> client, Optional<Instant> expiresAt) {

        /** For the whole tenant, without an end. */
        public static NewToken of(String name, Set<String> permissions) {
            return new NewToken(
                    name,
                    permissions.stream().map(Permission::of).collect(Collectors.toSet()),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** @param clear the only time it can be seen */
    public record Issued(ServiceToken token, String clear) {

        @Override
        public String toString() {
            return "Issued[" + token.id() + "]";
        }
    }

    /** A new token in clear: the only time it can be seen. */
    public String issue(TenantId tenant, String name, Set<String> permissions) {
        return issue(tenant, "system", NewToken.of(name, permissions)).clear();
    }

    /** A new token. Whether its issuer may give that much is the caller's to ask. */
    public Issued issue(TenantId tenant, String issuer, NewToken newToken) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String clear = "pbt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return tenancy.inTenant(tenant, () -> {
            String id = put(tenant, issuer, newToken, clear);
            var token = find(tenant, id).orElseThrow();
            audit.changed(scope(tenant, token), issuer, "token.issued", "token/" + id, null, token);
            return new Issued(token, clear);
        });
    }

    /** Makes the given text a token, so that a development seed finds its own again; repeating it changes permissions. */
    public void issue(TenantId tenant, String name, Set<String> permissions, String clear) {
        tenancy.inTenant(tenant, () -> put(tenant, "system", NewToken.of(name, permissions), clear));
    }

    private String put(TenantId tenant, String issuer, NewToken newToken, String clear) {
        return jdbc.sql("""
                        INSERT INTO patchbay.service_token
                          (tenant_id, token_id, name, hash, permissions, client_id, issued_by, expires_at)
                        VALUES (:tenant, :token, :name, :hash, :permissions, :client, :issuer, :expires)
                        ON CONFLICT (hash) DO UPDATE SET name = excluded.name, permissions = excluded.permissions
                        RETURNING token_id""")
                .param("tenant", tenant.value())
                .param("token", Ids.next("tok", clock.instant()))
                .param("name", newToken.name())
                .param("hash", Hashing.sha256(Hashing.utf8(clear)))
                .param(
                        "permissions",
                        newToken.permissions().stream()
                                .map(Permission::toString)
                                .sorted()
                                .toArray(String[]::new))
                .param("client", newToken.client().map(ClientId::value).orElse(""))
                .param("issuer", issuer)
                .param(
                        "expires",
                        newToken.expiresAt()
                                .map(end -> end.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .query(String.class)
                .single();
    }

    /** Ends the token now; false when there is none within the scope that had not ended already. */
    public boolean revoke(TenantScope scope, String actor, String id) {
        var tenant = scope.tenant();
        return tenancy.inTenant(tenant, () -> {
            int revoked = jdbc.sql("""
                            UPDATE patchbay.service_token SET revoked_at = :now
                            WHERE tenant_id = :tenant AND token_id = :token AND revoked_at IS NULL
                              AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("tenant", tenant.value())
                    .param("token", id)
                    .param("scoped", scope.scoped())
                    .update();
            if (revoked == 1) {
                var token = find(tenant, id).orElseThrow();
                audit.changed(scope(tenant, token), actor, "token.revoked", "token/" + id, token, null);
            }
            return revoked == 1;
        });
    }

    private static TenantScope scope(TenantId tenant, ServiceToken token) {
        return token.clientId() == null
                ? TenantScope.of(tenant)
                : TenantScope.of(tenant, new ClientId(token.clientId()));
    }

    /** Those within the scope, newest first, older than the given one; empty text starts at the newest. */
    public List<ServiceToken> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT * FROM patchbay.service_token
                        WHERE tenant_id = :tenant AND (:after = '' OR token_id < :after)
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        ORDER BY token_id DESC LIMIT :limit""")
                        .param("tenant", scope.tenant().value())
                        .param("after", after)
                        .param("scoped", scope.scoped())
                        .param("limit", limit)
                        .query((row, number) -> token(row))
                        .list());
    }

    /** What the token may do; empty when there is none, or it ended. */
    public Optional<Identity.Grant> grant(TenantId tenant, String id) {
        Instant now = clock.instant();
        return find(tenant, id)
                .filter(token -> token.revokedAt() == null)
                .filter(token -> Optional.ofNullable(token.expiresAt())
                        .map(end -> end.isAfter(now))
                        .orElse(true))
                .map(token -> new Identity.Grant(
                        token.permissions().stream().map(Permission::of).collect(Collectors.toSet()),
                        Optional.ofNullable(token.clientId()).map(ClientId::new)));
    }

    private Optional<ServiceToken> find(TenantId tenant, String id) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT * FROM patchbay.service_token WHERE tenant_id = :tenant AND token_id = :token")
                        .param("tenant", tenant.value())
                        .param("token", id)
                        .query((row, number) -> token(row))
                        .optional());
    }

    /** Whom the token speaks for; empty when it is none of ours, or no longer. */
    public Optional<Identity> find(String clear) {
        return tenancy.throughDoor(() -> jdbc.sql("""
                        SELECT tenant_id, token_id, permissions, client_id FROM patchbay.use_token(:hash, :now)""")
                .param("hash", Hashing.sha256(Hashing.utf8(clear)))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> identity(row))
                .optional());
    }

    private static Identity identity(ResultSet row) throws SQLException {
        String client = row.getString("client_id");
        var permissions = Arrays.stream((String[]) row.getArray("permissions").getArray())
                .map(Permission::of)
                .collect(Collectors.toSet());
        return Identity.token(
                new TenantId(row.getString("tenant_id")),
                row.getString("token_id"),
                new Identity.Grant(
                        permissions, client.isEmpty() ? Optional.empty() : Optional.of(new ClientId(client))));
    }

    private static ServiceToken token(ResultSet row) throws SQLException {
        String client = row.getString("client_id");
        return new ServiceToken(
                row.getString("token_id"),
                row.getString("name"),
                List.of((String[]) row.getArray("permissions").getArray()),
                client.isEmpty() ? null : client,
                row.getString("issued_by"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                instant(row, "used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }
}
