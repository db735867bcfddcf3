package dev.patchbay.ingress.erasure;

import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantScope;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds and erases what the tables of ingress hold about a person; in the tenant's transaction. */
@Repository
class ErasureRepository {

    private final JdbcClient jdbc;

    ErasureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The events that are about one of the persons. */
    Set<EventId> findEvents(TenantScope scope, Set<String> persons) {
        return query(scope, persons, """
                SELECT event_id FROM patchbay.event
                WHERE tenant_id = :tenant AND (person = ANY (:names) OR lower(person) = ANY (:names))
                  AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""").stream().map(EventId::new).collect(Collectors.toSet());
    }

    /** The persons, and every name that the CRM's contacts show for them: number, e-mail address, the provider's id. */
    Set<String> findAliases(TenantScope scope, Set<String> persons) {
        var aliases = new HashSet<>(persons);
        aliases.addAll(query(scope, persons, """
                SELECT DISTINCT name FROM patchbay.event e
                CROSS JOIN LATERAL (VALUES (e.person), (e.data -> 'contact' ->> 'phone'),
                  (lower(e.data -> 'contact' ->> 'email')), ('contact:' || (e.data -> 'contact' ->> 'id'))) names (name)
                WHERE e.tenant_id = :tenant AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped)) AND e.type LIKE 'crm.%'
                  AND name IS NOT NULL
                  AND (e.person = ANY (:names) OR e.data -> 'contact' ->> 'phone' = ANY (:names)
                    OR lower(e.data -> 'contact' ->> 'email') = ANY (:names)
                    OR 'contact:' || (e.data -> 'contact' ->> 'id') = ANY (:names))"""));
        return aliases;
    }

    private Set<String> query(TenantScope scope, Set<String> names, String query) {
        return new HashSet<>(jdbc.sql(query)
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("names", names.toArray(new String[0]))
                .query(String.class)
                .list());
    }

    /** The number of the events that wait for a worker or are being dispatched. */
    int countUnfinished(TenantScope scope, Set<EventId> events) {
        return jdbc.sql("""
                        SELECT count(*) FROM patchbay.event_dispatch
                        WHERE tenant_id = :tenant AND event_id = ANY (:ids) AND state IN ('READY', 'CLAIMED')""")
                .param("tenant", scope.tenant().value())
                .param("ids", values(events))
                .query(Integer.class)
                .single();
    }

    /** Marks unattributed and failed events as done: they are never dispatched once their data is erased. */
    void closeUndispatched(TenantScope scope, Set<EventId> events) {
        update(scope, events, "DELETE FROM patchbay.event_route WHERE tenant_id = :tenant AND event_id = ANY (:ids)");
        update(scope, events, """
                UPDATE patchbay.event_dispatch SET state = 'DONE'
                WHERE tenant_id = :tenant AND event_id = ANY (:ids) AND state IN ('UNATTRIBUTED', 'FAILED')""");
    }

    int eraseEvents(TenantScope scope, Set<EventId> events) {
        return update(scope, events, """
                UPDATE patchbay.event
                SET data = '{"erased": true}', data_schema = NULL, person = NULL, erased_at = clock_timestamp()
                WHERE tenant_id = :tenant AND event_id = ANY (:ids)""");
    }

    int eraseBodies(TenantScope scope, Set<EventId> events) {
        return update(
                scope, events, "DELETE FROM patchbay.ingress_raw WHERE tenant_id = :tenant AND event_id = ANY (:ids)");
    }

    private int update(TenantScope scope, Set<EventId> events, String statement) {
        return jdbc.sql(statement)
                .param("tenant", scope.tenant().value())
                .param("ids", values(events))
                .update();
    }

    private static String[] values(Collection<EventId> events) {
        return events.stream().map(EventId::value).toArray(String[]::new);
    }
}
