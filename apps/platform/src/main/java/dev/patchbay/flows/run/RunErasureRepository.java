package dev.patchbay.flows.run;

import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the runs about people and erases them. Every method joins the caller's transaction. */
@Repository
class RunErasureRepository {

    private final JdbcClient jdbc;

    RunErasureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The runs about these people that have not ended. */
    List<RunId> lockOpen(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        return lock(scope, persons, eventIds, true);
    }

    /** The runs about these people that have ended; locked, so that none of them is replayed meanwhile. */
    List<RunId> lockEnded(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        return lock(scope, persons, eventIds, false);
    }

    private List<RunId> lock(TenantScope scope, Set<String> persons, Set<EventId> eventIds, boolean open) {
        return jdbc.sql("""
                        SELECT run_id FROM patchbay.run
                        WHERE tenant_id = :tenant AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (phone = ANY (:persons) OR event_id = ANY (:events))
                          AND (status IN ('running', 'waiting', 'paused')) = :open FOR UPDATE""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("persons", persons.toArray(new String[0]))
                .param("events", eventIds.stream().map(EventId::value).toArray(String[]::new))
                .param("open", open)
                .query((row, number) -> new RunId(row.getString("run_id")))
                .list();
    }

    /** @return how many runs were erased */
    int erase(TenantId tenant, List<RunId> runIds) {
        update(tenant, runIds, """
                UPDATE patchbay.attempt SET exchanges = '[]' WHERE tenant_id = :tenant AND run_id = ANY (:runs)""");
        update(tenant, runIds, """
                UPDATE patchbay.step
                SET input = NULL, notes = '{}', output = CASE WHEN output IS NULL THEN NULL ELSE '{"erased": true}'::jsonb END
                WHERE tenant_id = :tenant AND run_id = ANY (:runs)""");
        update(tenant, runIds, """
                UPDATE patchbay.run_pass SET input = CASE WHEN input IS NULL THEN NULL ELSE '{"erased": true}'::jsonb END,
                  before = before - 'input' - 'sentence'
                WHERE tenant_id = :tenant AND run_id = ANY (:runs)""");
        return update(tenant, runIds, """
                UPDATE patchbay.run SET cause_sentence = CASE WHEN cause_sentence IS NULL THEN NULL ELSE 'Erased.' END,
                  input = '{"erased": true}', output = NULL, phone = NULL, erased_at = clock_timestamp()
                WHERE tenant_id = :tenant AND run_id = ANY (:runs)""");
    }

    private int update(TenantId tenant, List<RunId> runIds, String statement) {
        return jdbc.sql(statement)
                .param("tenant", tenant.value())
                .param("runs", runIds.stream().map(RunId::value).toArray(String[]::new))
                .update();
    }
}
