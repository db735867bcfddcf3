package dev.patchbay.iam.tenants;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads and writes clients, within the tenant's transaction. */
@Component
class ClientRepository {

    private final JdbcClient jdbc;

    ClientRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param id only that client; null: all */
    List<Client> list(TenantScope scope, @Nullable String id, int limit, String after) {
        return jdbc.sql("""
                        SELECT client_id, name, time_zone, settings, locale FROM patchbay.client
                        WHERE tenant_id = :tenant AND client_id > :after
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped)) AND client_id = coalesce(:id, client_id)
                        ORDER BY client_id LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("after", after)
                .param("scoped", scope.scoped())
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> client(row))
                .list();
    }

    void save(TenantId tenant, Client client) {
        jdbc.sql("""
                        INSERT INTO patchbay.client (tenant_id, client_id, name, time_zone, settings, locale)
                        VALUES (:tenant, :client, :name, :zone, :settings::jsonb, :locale)
                        ON CONFLICT (tenant_id, client_id) DO UPDATE
                        SET name = excluded.name, time_zone = excluded.time_zone, settings = excluded.settings,
                            locale = excluded.locale""")
                .param("tenant", tenant.value())
                .param("client", client.id().value())
                .param("name", client.name())
                .param("zone", client.zone().getId())
                .param("settings", Json.write(client.settings()))
                .param("locale", client.locale().toLanguageTag())
                .update();
    }

    private static Client client(ResultSet row) throws SQLException {
        var zone = ZoneId.of(row.getString("time_zone"));
        JsonNode settings = Json.read(row.getString("settings"));
        String locale = row.getString("locale");
        return new Client(
                new ClientId(row.getString("client_id")),
                row.getString("name"),
                zone,
                settings,
                locale == null ? ClientLocale.defaultOf(settings, zone) : Locale.forLanguageTag(locale));
    }
}
