package dev.patchbay.flows.run;

import dev.patchbay.flowlanguage.TriggerResult.ConditionNotTrue;
import dev.patchbay.flows.definition.FlowVersion;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Redaction;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.WellFormedText;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps which flows an event of their type did not start, and why; in the tenant's transaction. */
@Repository
class TriggerMissRepository {

    private static final int MAX_REASON_LENGTH = 1_000;

    private final JdbcClient jdbc;

    TriggerMissRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false: it is known from an earlier dispatch of the event */
    boolean insert(
            TenantId tenant, ClientId client, FlowVersion version, Event event, ConditionNotTrue miss, Instant now) {
        String reason = WellFormedText.of(Redaction.redact(miss.reason()));
        return jdbc.sql("""
                        INSERT INTO patchbay.flow_trigger_miss (tenant_id, event_id, flow_id, client_id, correlation_id,
                          version, condition, failed, reason, at)
                        VALUES (:tenant, :event, :flow, :client, :correlation, :version, :condition, :failed, :reason, :now)
                        ON CONFLICT (tenant_id, event_id, flow_id) DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("event", event.id().value())
                        .param("flow", version.flowId().value())
                        .param("client", client.value())
                        .param("correlation", event.correlation().value())
                        .param("version", version.version())
                        .param("condition", miss.condition())
                        .param("failed", miss.failed())
                        .param("reason", reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)))
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Removes the values that the conditions were evaluated on. */
    void erase(TenantId tenant, Collection<EventId> events) {
        jdbc.sql("""
                        UPDATE patchbay.flow_trigger_miss SET reason = ''
                        WHERE tenant_id = :tenant AND event_id = ANY (:events)""")
                .param("tenant", tenant.value())
                .param("events", events.stream().map(EventId::value).toArray(String[]::new))
                .update();
    }
}
