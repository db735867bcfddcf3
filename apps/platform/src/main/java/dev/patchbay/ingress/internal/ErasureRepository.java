package dev.patchbay.ingress.internal;

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
                WHERE tenant_id = :tenant AND (person = ANY (:names) OR lower(person) = ANY (:names)) AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""");
    }

    /** Them under every name that a CRM's contacts show: number, e-mail address and the vendor's id. */
    public Set<String> allNames(TenantScope scope, Set<String> persons) {
        var all = new HashSet<>(persons);
        all.addAll(texts(scope, persons, """
                SELECT DISTINCT name FROM patchbay.event e
                CROSS JOIN LATERAL (VALUES (e.person), (e.data -> 'contact' ->> 'phone'),
                  (lower(e.data -> 'contact' ->> 'email')), ('contact:' || (e.data -> 'contact' ->> 'id'))) names (name)
                WHERE e.tenant_id = :tenant AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped)) AND e.type LIKE 'crm.%'
                  AND name IS NOT NULL
                  AND (e.person = ANY (:names) OR e.data -> 'contact' ->> 'phone' = ANY (:names)
                    OR lower(e.data -> 'contact' ->> 'email') = ANY (:names)
                    OR 'contact:' || (e.data -> 'contact' ->> 'id') = ANY (:names))"""));
        return all;
    }

    private Set<String> texts(TenantScope scope, Set<String> names, String query) {
        return new HashSet<>(jdbc.sql(query)
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("names", names.toArray(new String[0]))
                .query(String.class)
                .list());
    }

    /** How many of them a worker is handing on just now. */
    public int underWay(TenantScope scope, Set<String> eventIds) {
        return jdbc.sql("""
                        SELECT count(*) FROM patchbay.event_dispatch
                        WHERE tenant_id = :tenant AND event_id = ANY (:ids) AND state IN ('READY', 'CLAIMED')""")
                .param("tenant", scope.tenant().value())
                .param("ids", eventIds.toArray(new String[0]))
                .query(Integer.class)
                .single();
    }

    /** Nobody waits for them any more. */
    public void settle(TenantScope scope, Set<String> eventIds) {
        update(scope, eventIds, "DELETE FROM patchbay.event_route WHERE tenant_id = :tenant AND event_id = ANY (:ids)");
        update(scope, eventIds, """
                UPDATE patchbay.event_dispatch SET state = 'DONE'
                WHERE tenant_id = :tenant AND event_id = ANY (:ids) AND state IN ('UNATTRIBUTED', 'FAILED')""");
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
