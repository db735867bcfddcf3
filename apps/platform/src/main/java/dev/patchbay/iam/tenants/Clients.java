package dev.patchbay.iam.tenants;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The businesses that a tenant serves. */
@Component
public class Clients {

    private final ClientRepository repository;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Clients(ClientRepository repository, Tenancy tenancy, ChangeAudit audit, Clock clock) {
        this.repository = repository;
        this.tenancy = tenancy;
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

    /** Creates the client under its id, or changes the existing one; an unchanged client leaves no audit entry. */
    public Client put(TenantId tenant, String actor, Client client) {
        return tenancy.inTenant(tenant, () -> {
            Client before = find(TenantScope.of(tenant), client.id()).orElse(null);
            if (!client.equals(before)) {
                repository.save(tenant, client);
                audit.recordChange(
                        TenantScope.of(tenant, client.id()),
                        actor,
                        before == null ? "client.created" : "client.changed",
                        "client/" + client.id(),
                        before,
                        client);
            }
            return client;
        });
    }

    /** As {@link #put(TenantId, String, Client)}, with the system as actor. */
    public Client put(TenantId tenant, Client client) {
        return put(tenant, "system", client);
    }

    /** The client; empty when there is none within the scope. */
    public Optional<Client> find(TenantScope scope, ClientId id) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, id.value(), 1, "")).stream()
                .findFirst();
    }

    /**
     * The clients within the scope, by id.
     *
     * @param after the id of the last one already listed; empty text starts at the first
     */
    public List<Client> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, null, limit, after));
    }
}
