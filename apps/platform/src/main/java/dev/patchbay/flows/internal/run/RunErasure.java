package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes people out of runs: inputs, outputs and exchanges go, what was called and what came of it stays. */
@Component
class RunErasure implements PersonalData {

    private static final String ABOUT_THEM = """
            SELECT run_id FROM patchbay.run
            WHERE tenant_id = :tenant AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
              AND (phone = ANY (:persons) OR event_id = ANY (:events))""";

    private final Effects effects;
    private final JdbcClient jdbc;

    RunErasure(Effects effects, JdbcClient jdbc) {
        this.effects = effects;
        this.jdbc = jdbc;
    }

    @Override
    public int underWay(TenantScope scope, Set<String> persons, Set<String> eventIds) {
        return about(scope, persons, eventIds, "IN ('running', 'waiting', 'paused')").length;
    }

    @Override
    public Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<String> eventIds) {
        var ended = about(scope, persons, eventIds, "NOT IN ('running', 'waiting', 'paused')");
        update(scope, ended, "UPDATE patchbay.attempt SET exchanges = '[]'");
        update(scope, ended, """
                UPDATE patchbay.step SET input = NULL, output = CASE WHEN output IS NULL THEN NULL ELSE '{"erased": true}'::jsonb END""");
        effects.erase(
                scope.tenant(),
                Stream.of(ended)
                        .<EffectOrigin>map(id -> new EffectOrigin.Run(new RunId(id)))
                        .toList());
        int runs = update(scope, ended, """
                UPDATE patchbay.run SET cause_sentence = CASE WHEN cause_sentence IS NULL THEN NULL ELSE 'Erased.' END, input = '{"erased": true}', output = NULL, phone = NULL, erased_at = clock_timestamp()""");
        update(scope, ended, """
                UPDATE patchbay.run_pass SET input = CASE WHEN input IS NULL THEN NULL ELSE '{"erased": true}'::jsonb END,
                  before = before - 'input' - 'sentence'""");
        return Map.of("runs", runs);
    }

    private String[] about(TenantScope scope, Set<String> persons, Set<String> eventIds, String status) {
        // Locked, so that none of them is replayed meanwhile.
        return jdbc.sql(ABOUT_THEM + " AND status " + status + " FOR UPDATE")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("persons", persons.toArray(new String[0]))
                .param("events", eventIds.toArray(new String[0]))
                .query(String.class)
                .list()
                .toArray(new String[0]);
    }

    private int update(TenantScope scope, String[] runs, String statement) {
        return jdbc.sql(statement + " WHERE tenant_id = :tenant AND run_id = ANY (:runs)")
                .param("tenant", scope.tenant().value())
                .param("runs", runs)
                .update();
    }
}
