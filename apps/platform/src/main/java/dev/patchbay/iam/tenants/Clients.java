package dev.patchbay.iam.tenants;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The businesses that a tenant serves. */
@Component
public class Clients {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    private final ChangeAudit audit;

    Clients(Tenancy tenancy, JdbcClient jdbc, ChangeAudit audit, Clock clock) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** Creates a client under a new id. */
    public Client create(TenantId tenant, String actor, String name, ZoneId zone, JsonNode settings) {
        return create(tenant, actor, name, zone, settings, ClientLocale.defaultOf(settings, zone));
    }

    /** Creates a client under a new id, with a locale of its own choice. */
    public Client create(TenantId tenant, String actor, String name, ZoneId zone, JsonNode settings, Locale locale) {
        var id = new ClientId(Ids.next("cli", clock.instant()));
        return put(tenant, actor, new Client(id, name, zone, settings, locale));
    }

    /** Creates the client under its id, or changes the one that is there. */
    public Client put(TenantId tenant, String actor, Client client) {
        return tenancy.inTenant(tenant, () -> {
            Client before = find(TenantScope.of(tenant), client.id()).orElse(null);
            if (client.equals(before)) {
                return client;
            }
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
            audit.changed(
                    TenantScope.of(tenant, client.id()),
                    actor,
                    before == null ? "client.created" : "client.changed",
                    "client/" + client.id(),
                    before,
                    client);
            return client;
        });
    }

    /** As the system itself: {@link #put(TenantId, String, Client)}. */
    public Client put(TenantId tenant, Client client) {
        return put(tenant, "system", client);
    }

    /** The client, when it is within the scope. */
    public Optional<Client> find(TenantScope scope, ClientId id) {
        return list(scope, id.value(), 1, "").stream().findFirst();
    }

    /** The clients within the scope by id, after the given one; empty text starts at the first. */
    public List<Client> list(TenantScope scope, int limit, String after) {
        return list(scope, null, limit, after);
    }

    private List<Client> list(TenantScope scope, @Nullable String id, int limit, String after) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
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
                        .list());
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
