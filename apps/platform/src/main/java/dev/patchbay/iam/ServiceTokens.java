package dev.patchbay.iam;

import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tokens by which programs call the API: opaque ({@code pbt_} and 32 random bytes), shown once, kept as SHA-256 only.
 * A random token needs no slow hash: there is nothing to guess from.
 */
@Component
public class ServiceTokens {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    ServiceTokens(Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A new token in clear: the only time it can be seen. */
    public String issue(TenantId tenant, String name, Set<String> permissions) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String clear = "pbt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        issue(tenant, name, permissions, clear);
        return clear;
    }

    /** Makes the given text a token, so that a development seed finds its own again; repeating it changes permissions. */
    public void issue(TenantId tenant, String name, Set<String> permissions, String clear) {
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.service_token (tenant_id, token_id, name, hash, permissions)
                            VALUES (:tenant, :token, :name, :hash, :permissions)
                            ON CONFLICT (hash) DO UPDATE SET name = excluded.name, permissions = excluded.permissions""")
                    .param("tenant", tenant.value())
                    .param("token", Ids.next("tok", clock.instant()))
                    .param("name", name)
                    .param("hash", Json.sha256(Json.utf8(clear)))
                    .param("permissions", permissions.toArray(String[]::new))
                    .update();
        });
    }

    /** Whom the token speaks for; empty when it is none of ours. */
    public Optional<Caller> find(String clear) {
        return tenancy.throughDoor(
                () -> jdbc.sql("SELECT tenant_id, token_id, permissions FROM patchbay.find_token(:hash)")
                        .param("hash", Json.sha256(Json.utf8(clear)))
                        .query((row, number) -> caller(row))
                        .optional());
    }

    private static Caller caller(ResultSet row) throws SQLException {
        return new Caller(
                TenantScope.of(new TenantId(row.getString("tenant_id"))), row.getString("token_id"), Set.of((String[])
                        row.getArray("permissions").getArray()));
    }
}
