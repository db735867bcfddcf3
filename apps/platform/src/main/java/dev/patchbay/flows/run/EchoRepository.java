package dev.patchbay.flows.run;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the run or live call behind an effect that may have caused an event. Joins the caller's transaction. */
@Repository
class EchoRepository {

    private final JdbcClient jdbc;

    EchoRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The cause that the newest of these effects would be; empty when none is of the client and of such a function.
     *
     * @param functions whose effects a provider reports with such an event
     * @param owned origins other than runs that acted for the client
     */
    Optional<Event.Cause> findCause(
            TenantId tenant,
            ClientId client,
            List<String> functions,
            List<EffectStatus> effects,
            Set<EffectOrigin> owned) {
        return jdbc.sql("""
                        SELECT e.origin, coalesce(r.cause_depth, 0) AS cause_depth
                        FROM unnest(:origins::text[], :keys::text[], :places::text[]) AS e (origin, key, place)
                        LEFT JOIN patchbay.run r ON r.tenant_id = :tenant AND r.run_id = e.origin
                        WHERE (r.client_id = :client
                            OR e.origin = ANY (:owned))
                          AND (e.place = ANY (:functions)
                            OR EXISTS (SELECT FROM patchbay.step s
                                       WHERE s.tenant_id = :tenant AND s.run_id = e.origin AND s.effect_key = e.key
                                         AND s.call = ANY (:functions)))
                        ORDER BY e.key DESC LIMIT 1""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("functions", functions.toArray(String[]::new))
                .param("origins", column(effects, effect -> effect.origin().text()))
                .param("owned", owned.stream().map(EffectOrigin::text).toArray(String[]::new))
                .param("keys", column(effects, EffectStatus::key))
                .param("places", column(effects, EffectStatus::place))
                .query((row, number) -> new Event.Cause(row.getString("origin"), row.getInt("cause_depth") + 1))
                .optional();
    }

    private static String[] column(List<EffectStatus> effects, Function<EffectStatus, String> text) {
        return effects.stream().map(text).toArray(String[]::new);
    }
}
