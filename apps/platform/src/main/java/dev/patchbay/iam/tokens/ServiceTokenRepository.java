package dev.patchbay.iam.tokens;

import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.TokenGrant;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes service tokens, within the tenant's transaction except for {@link #authenticate}. */
@Component
class ServiceTokenRepository {

    private final JdbcClient jdbc;

    ServiceTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts the token under the id. An existing token with that hash keeps its id and gets the new name and permissions. */
    TokenId save(TenantId tenant, TokenId id, String issuer, NewToken token, byte[] hash) {
        String saved = jdbc.sql("""
                        INSERT INTO patchbay.service_token
                          (tenant_id, token_id, name, hash, permissions, client_id, issued_by, expires_at)
                        VALUES (:tenant, :token, :name, :hash, :permissions, :client, :issuer, :expires)
                        ON CONFLICT (hash) DO UPDATE SET name = excluded.name, permissions = excluded.permissions
                        RETURNING token_id""")
                .param("tenant", tenant.value())
                .param("token", id.value())
                .param("name", token.name())
                .param("hash", hash)
                .param("permissions", sorted(token))
                .param("client", token.client().map(ClientId::value).orElse(""))
                .param("issuer", issuer)
                .param(
                        "expires",
                        token.expiresAt()
                                .map(end -> end.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .query(String.class)
                .single();
        return new TokenId(saved);
    }

    private static String[] sorted(NewToken token) {
        return token.permissions().stream().map(Permission::toString).sorted().toArray(String[]::new);
    }

    /** Revokes the token; returns false when there is none, or it was revoked before. */
    boolean revoke(TenantId tenant, TokenId id, Instant now) {
        return jdbc.sql("""
                        UPDATE patchbay.service_token SET revoked_at = :now
                        WHERE tenant_id = :tenant AND token_id = :token AND revoked_at IS NULL""")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("tenant", tenant.value())
                        .param("token", id.value())
                        .update()
                == 1;
    }

    /** Returns the tokens that this user or service token issued, and all that were issued by those. */
    List<ServiceToken> listIssuedBy(TenantId tenant, String issuer) {
        return jdbc.sql("""
                        WITH RECURSIVE issued AS (
                          SELECT t.* FROM patchbay.service_token t
                          WHERE t.tenant_id = :tenant AND t.issued_by = :issuer
                          UNION
                          SELECT t.* FROM issued i JOIN patchbay.service_token t
                            ON t.tenant_id = :tenant AND t.issued_by = i.token_id)
                        SELECT * FROM issued ORDER BY token_id""")
                .param("tenant", tenant.value())
                .param("issuer", issuer)
                .query((row, number) -> token(row))
                .list();
    }

    /** Returns the token's grant; empty when the token, or an issuer on which it depends, has ended. */
    Optional<TokenGrant> findGrant(TenantId tenant, TokenId id, Instant now) {
        return jdbc.sql("""
                        SELECT t.permissions, t.client_id, b.issuer, b.until FROM patchbay.service_token t
                        CROSS JOIN LATERAL patchbay.find_token_basis(t.tenant_id, t.token_id, :now) b
                        WHERE t.tenant_id = :tenant AND t.token_id = :token""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("token", id.value())
                .query((row, number) -> grant(row))
                .optional();
    }

    List<ServiceToken> list(TenantScope scope, int limit, String after) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.service_token
                        WHERE tenant_id = :tenant AND (:after = '' OR token_id < :after)
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        ORDER BY token_id DESC LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("after", after)
                .param("scoped", scope.scoped())
                .param("limit", limit)
                .query((row, number) -> token(row))
                .list();
    }

    Optional<ServiceToken> find(TenantId tenant, TokenId id) {
        return jdbc.sql("SELECT * FROM patchbay.service_token WHERE tenant_id = :tenant AND token_id = :token")
                .param("tenant", tenant.value())
                .param("token", id.value())
                .query((row, number) -> token(row))
                .optional();
    }

    /**
     * Returns the identity of an active token and records the use. A definer function is used because the tenant is not known
     * yet.
     */
    Optional<Identity> authenticate(byte[] hash, Instant now) {
        return jdbc.sql(
                        "SELECT tenant_id, token_id, permissions, client_id, issuer, until FROM patchbay.use_token(:hash, :now)")
                .param("hash", hash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> identity(row))
                .optional();
    }

    private static Identity identity(ResultSet row) throws SQLException {
        return Identity.ofToken(
                new TenantId(row.getString("tenant_id")), new TokenId(row.getString("token_id")), grant(row));
    }

    private static TokenGrant grant(ResultSet row) throws SQLException {
        var permissions = Arrays.stream((String[]) row.getArray("permissions").getArray())
                .map(Permission::of)
                .collect(Collectors.toSet());
        return new TokenGrant(
                permissions,
                Optional.ofNullable(clientId(row)).map(ClientId::new),
                Optional.of(row.getString("issuer"))
                        .filter(issuer -> issuer.startsWith("usr_"))
                        .map(UserId::new),
                Optional.ofNullable(instant(row, "until")).orElse(Instant.MAX));
    }

    private static ServiceToken token(ResultSet row) throws SQLException {
        return new ServiceToken(
                new TokenId(row.getString("token_id")),
                row.getString("name"),
                List.of((String[]) row.getArray("permissions").getArray()),
                clientId(row),
                row.getString("issued_by"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                instant(row, "used_at"));
    }

    private static @Nullable String clientId(ResultSet row) throws SQLException {
        String client = row.getString("client_id");
        return client.isEmpty() ? null : client;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
