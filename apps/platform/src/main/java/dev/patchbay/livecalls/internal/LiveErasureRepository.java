package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Removes personal data from live calls. In the transaction of the erasure. */
@Repository
class LiveErasureRepository {

    private final JdbcClient jdbc;

    LiveErasureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The voice provider's ids of these callers' calls. */
    List<String> findCalls(TenantId tenant, Collection<byte[]> callers) {
        return ofCallers(tenant, callers, """
                        SELECT DISTINCT call_id FROM patchbay.live_invocation
                        WHERE tenant_id = :tenant AND caller = ANY (:callers) AND call_id <> ''""")
                .query((row, number) -> row.getString("call_id"))
                .list();
    }

    int countOpenActions(TenantId tenant, Collection<String> calls) {
        return ofCalls(tenant, calls, """
                        SELECT count(*) FROM patchbay.live_act
                        WHERE tenant_id = :tenant AND origin = ANY (:origins) AND state = 'open'""").query(Integer.class).single();
    }

    void eraseSettledActions(TenantId tenant, Collection<String> calls) {
        ofCalls(tenant, calls, """
                        UPDATE patchbay.live_act SET input = '{"erased": true}'
                        WHERE tenant_id = :tenant AND origin = ANY (:origins) AND state = 'settled'""").update();
    }

    /** A settlement that was recorded without its call does not know its caller. */
    void eraseInvocationsWithoutCaller(TenantId tenant, Collection<String> calls) {
        ofCalls(tenant, calls, """
                        UPDATE patchbay.live_invocation SET input = '{"erased": true}', output = '{"erased": true}'
                        WHERE tenant_id = :tenant AND call_id = ANY (:calls) AND caller IS NULL""").update();
    }

    int eraseInvocations(TenantId tenant, Collection<byte[]> callers) {
        return ofCallers(tenant, callers, """
                        UPDATE patchbay.live_invocation
                        SET input = '{"erased": true}', output = '{"erased": true}', caller = NULL
                        WHERE tenant_id = :tenant AND caller = ANY (:callers)""").update();
    }

    int deleteCallers(TenantId tenant, Collection<byte[]> callers) {
        return ofCallers(tenant, callers, """
                        DELETE FROM patchbay.live_caller WHERE tenant_id = :tenant AND caller = ANY (:callers)""").update();
    }

    private StatementSpec ofCallers(TenantId tenant, Collection<byte[]> callers, String sql) {
        return jdbc.sql(sql).param("tenant", tenant.value()).param("callers", callers.toArray(byte[][]::new));
    }

    private StatementSpec ofCalls(TenantId tenant, Collection<String> calls, String sql) {
        return jdbc.sql(sql)
                .param("tenant", tenant.value())
                .param("calls", calls.toArray(String[]::new))
                .param(
                        "origins",
                        calls.stream()
                                .map(call -> new EffectOrigin.LiveCall(call).text())
                                .toArray(String[]::new));
    }
}
