package dev.patchbay.flows.internal.live;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes people out of what is kept of live calls; they are found there by digests of their numbers only. */
@Component
class LiveErasure implements PersonalData {

    private final CallerDigests callers;
    private final Effects effects;
    private final JdbcClient jdbc;

    LiveErasure(CallerDigests callers, Effects effects, JdbcClient jdbc) {
        this.callers = callers;
        this.effects = effects;
        this.jdbc = jdbc;
    }

    @Override
    public int underWay(TenantScope scope, Set<String> persons, Set<String> eventIds) {
        return jdbc.sql("""
                        SELECT count(*) FROM patchbay.live_act
                        WHERE tenant_id = :tenant AND origin = ANY (:origins) AND state = 'open'""")
                .param("tenant", scope.tenant().value())
                .param("origins", origins(scope, digests(scope, persons)))
                .query(Integer.class)
                .single();
    }

    @Override
    public Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<String> eventIds) {
        byte[][] callers = digests(scope, persons);
        String[] origins = origins(scope, callers);
        byOrigin(scope, origins, """
                UPDATE patchbay.live_act SET input = '{"erased": true}'
                WHERE tenant_id = :tenant AND origin = ANY (:origins) AND state = 'settled'""");
        effects.erase(scope.tenant(), Stream.of(origins).map(EffectOrigin::of).toList());
        // Those of the call too that a sweeper wrote, who does not know the caller.
        byOrigin(scope, origins, """
                UPDATE patchbay.live_invocation SET input = '{"erased": true}', output = '{"erased": true}'
                WHERE tenant_id = :tenant AND 'live:' || call_id = ANY (:origins) AND caller IS NULL""");
        int invocations = byCaller(scope, callers, """
                UPDATE patchbay.live_invocation
                SET input = '{"erased": true}', output = '{"erased": true}', caller = NULL
                WHERE tenant_id = :tenant AND caller = ANY (:callers)""");
        int remembered = byCaller(scope, callers, """
                DELETE FROM patchbay.live_caller WHERE tenant_id = :tenant AND caller = ANY (:callers)""");
        return Map.of("liveCalls", invocations, "rememberedCallers", remembered);
    }

    private byte[][] digests(TenantScope scope, Set<String> persons) {
        List<PhoneNumber> phones = persons.stream()
                .flatMap(person -> PhoneNumber.read(person).stream())
                .toList();
        return callers.of(scope, phones).stream()
                .map(CallerDigests.Digest::caller)
                .toArray(byte[][]::new);
    }

    private String[] origins(TenantScope scope, byte[][] callers) {
        return jdbc.sql("""
                        SELECT DISTINCT 'live:' || call_id FROM patchbay.live_invocation
                        WHERE tenant_id = :tenant AND caller = ANY (:callers) AND call_id <> ''""")
                .param("tenant", scope.tenant().value())
                .param("callers", callers)
                .query(String.class)
                .list()
                .toArray(new String[0]);
    }

    private int byCaller(TenantScope scope, byte[][] callers, String statement) {
        return jdbc.sql(statement)
                .param("tenant", scope.tenant().value())
                .param("callers", callers)
                .update();
    }

    private void byOrigin(TenantScope scope, String[] origins, String statement) {
        jdbc.sql(statement)
                .param("tenant", scope.tenant().value())
                .param("origins", origins)
                .update();
    }
}
