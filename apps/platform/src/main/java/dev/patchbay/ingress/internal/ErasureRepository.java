package dev.patchbay.ingress.internal;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantScope;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds and takes out what events hold of a person; in the tenant's transaction. */
@Repository
public class ErasureRepository {

    private final JdbcClient jdbc;

    ErasureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The events that are about one of them. */
    public Set<String> events(TenantScope scope, Set<String> persons) {
        return texts(scope, persons, """
                SELECT event_id FROM patchbay.event
                WHERE tenant_id = :tenant AND person = ANY (:names) AND (:scoped::text IS NULL OR client_id = :scoped)""");
    }

    /** Them, and the contacts that a CRM keeps of them, by whose ids other events tell of them. */
    public Set<String> withContacts(TenantScope scope, Set<String> persons) {
        var all = new HashSet<>(persons);
        all.addAll(texts(scope, persons, """
                SELECT DISTINCT 'contact:' || (data -> 'contact' ->> 'id') FROM patchbay.event
                WHERE tenant_id = :tenant AND person = ANY (:names) AND (:scoped::text IS NULL OR client_id = :scoped)
                  AND type LIKE 'crm.%' AND data -> 'contact' ->> 'id' IS NOT NULL"""));
        return all;
    }

    private Set<String> texts(TenantScope scope, Set<String> names, String query) {
        return new HashSet<>(jdbc.sql(query)
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.client().map(ClientId::value).orElse(null))
                .param("names", names.toArray(new String[0]))
                .query(String.class)
                .list());
    }

    public int eraseEvents(TenantScope scope, Set<String> eventIds) {
        return update(scope, eventIds, """
                UPDATE patchbay.event
                SET data = '{"erased": true}', data_schema = NULL, person = NULL, erased_at = clock_timestamp()
                WHERE tenant_id = :tenant AND event_id = ANY (:ids)""");
    }

    public int eraseBodies(TenantScope scope, Set<String> eventIds) {
        return update(
                scope,
                eventIds,
                "DELETE FROM patchbay.ingress_raw WHERE tenant_id = :tenant AND event_id = ANY (:ids)");
    }

    private int update(TenantScope scope, Set<String> eventIds, String statement) {
        return jdbc.sql(statement)
                .param("tenant", scope.tenant().value())
                .param("ids", eventIds.toArray(new String[0]))
                .update();
    }
}
