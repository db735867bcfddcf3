package dev.patchbay.insights.calls;

import static org.awaitility.Awaitility.await;

import dev.patchbay.audit.AuditFixture;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConversationChanged;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes facts of calls as their contexts do: each with its announcement, in one transaction. */
@Component
final class CallFactsFixture {

    private static final String FLOW = "flw_calls";

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher publisher;
    private final CallProjectionJob job;
    private final AtomicLong ids = new AtomicLong();

    CallFactsFixture(Tenancy tenancy, JdbcClient jdbc, ApplicationEventPublisher publisher, CallProjectionJob job) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.publisher = publisher;
        this.job = job;
    }

    static CorrelationId correlation(String callId) {
        return CorrelationId.ofConversation("retell", callId);
    }

    private void change(TenantId tenant, String callId, Runnable write) {
        announce(tenant, callId, write);
        writeCalls(tenant);
    }

    private void announce(TenantId tenant, String callId, Runnable write) {
        tenancy.inTenant(tenant, () -> {
            write.run();
            publisher.publishEvent(new ConversationChanged(tenant, correlation(callId)));
        });
    }

    /** Returns when the calls of all facts so far are written, by this thread or by the job of the platform. */
    void writeCalls(TenantId tenant) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            job.runOnce();
            return tenancy.inTenant(
                    tenant, () -> sql(tenant, """
                            SELECT NOT EXISTS (
                              SELECT FROM patchbay.call_mark WHERE tenant_id = :tenant AND due_at <= clock_timestamp())""").query(Boolean.class).single());
        });
    }

    private JdbcClient.StatementSpec sql(TenantId tenant, String statement) {
        return jdbc.sql(statement).param("tenant", tenant.value());
    }

    void addFlow(TenantId tenant) {
        tenancy.inTenant(tenant, () -> {
            sql(tenant, "INSERT INTO patchbay.flow (tenant_id, flow_id, name) VALUES (:tenant, :flow, 'book')")
                    .param("flow", FLOW)
                    .update();
            sql(tenant, """
                            INSERT INTO patchbay.flow_version (tenant_id, flow_id, version, state, source, digest)
                            VALUES (:tenant, :flow, '1.0.0', 'active', '', '')""").param("flow", FLOW).update();
        });
    }

    /** @param call the member {@code call} of the event's data */
    void addEvent(TenantId tenant, ClientId client, String callId, String type, String call, Instant at) {
        store(tenant, client, callId, type, call, at);
        writeCalls(tenant);
    }

    /** As {@link #addEvent}, and leaves the call to be written. */
    void store(TenantId tenant, ClientId client, String callId, String type, String call, Instant at) {
        String id = EventId.next(at).value();
        announce(tenant, callId, () -> {
            sql(tenant, """
                            INSERT INTO patchbay.event (tenant_id, event_id, client_id, connection_id, type, source, subject, time,
                              correlation_id, data, received_at)
                            VALUES (:tenant, :id, :client, 'con_1', :type, '/', :call, :at::timestamptz, :correlation,
                              jsonb_build_object('call', :data::jsonb), :at::timestamptz)""")
                    .param("id", id)
                    .param("client", client.value())
                    .param("type", type)
                    .param("call", callId)
                    .param("at", at.toString())
                    .param("correlation", correlation(callId).value())
                    .param("data", call)
                    .update();
            sql(tenant, """
                            INSERT INTO patchbay.event_dispatch (tenant_id, event_id, received_at, state, ready_at)
                            VALUES (:tenant, :id, :at::timestamptz, 'DONE', :at::timestamptz)""").param("id", id).param("at", at.toString()).update();
        });
    }

    /** Gives the stored events of a call another conversation, as a provider that changes its metadata would. */
    void moveEvents(TenantId tenant, String callId, String correlation) {
        AuditFixture.executeAsSuperuser("UPDATE patchbay.event SET correlation_id = '" + correlation
                + "' WHERE tenant_id = '" + tenant + "' AND subject = '" + callId + "'");
    }

    void announce(TenantId tenant, CorrelationId correlation) {
        tenancy.inTenant(tenant, () -> publisher.publishEvent(new ConversationChanged(tenant, correlation)));
        writeCalls(tenant);
    }

    RunId addRun(TenantId tenant, ClientId client, String callId, Instant at) {
        var id = RunId.next(at);
        change(
                tenant,
                callId,
                () -> sql(tenant, """
                        INSERT INTO patchbay.run (tenant_id, run_id, flow_id, flow_name, version, client_id, correlation_id, status, input,
                          started_at)
                        VALUES (:tenant, :run, :flow, 'book', '1.0.0', :client, :correlation, 'waiting', '{}', :at::timestamptz)""")
                        .param("run", id.value())
                        .param("flow", FLOW)
                        .param("client", client.value())
                        .param("correlation", correlation(callId).value())
                        .param("at", at.toString())
                        .update());
        return id;
    }

    /** @param cause empty text for none */
    void setStatus(TenantId tenant, String callId, RunId run, String status, String cause) {
        change(
                tenant,
                callId,
                () -> sql(tenant, """
                        UPDATE patchbay.run SET status = :status, cause_code = nullif(:cause, ''),
                          cause_sentence = nullif(:cause, '')
                        WHERE tenant_id = :tenant AND run_id = :run""")
                        .param("status", status)
                        .param("cause", cause)
                        .param("run", run.value())
                        .update());
    }

    void addStep(TenantId tenant, String callId, RunId run, String function, String status, String output) {
        String pointer = "/do/" + ids.incrementAndGet();
        change(
                tenant,
                callId,
                () -> sql(tenant, """
                        INSERT INTO patchbay.step (tenant_id, run_id, pointer, iteration, name, call, status, output, started_at)
                        VALUES (:tenant, :run, :pointer, 0, 'step', :call, :status, :output::jsonb, now())""")
                        .param("run", run.value())
                        .param("pointer", pointer)
                        .param("call", function)
                        .param("status", status)
                        .param("output", output)
                        .update());
    }

    void undoBookings(TenantId tenant, String callId, RunId run) {
        change(tenant, callId, () -> sql(tenant, """
                        UPDATE patchbay.step SET undone_at = now()
                        WHERE tenant_id = :tenant AND run_id = :run AND call = 'calendar.book' AND status = 'completed'""").param("run", run.value()).update());
    }

    void addInvocation(TenantId tenant, ClientId client, String callId, String function, String outcome) {
        String id = "liv_" + ids.incrementAndGet();
        change(
                tenant,
                callId,
                () -> sql(tenant, """
                        INSERT INTO patchbay.live_invocation (tenant_id, invocation_id, client_id, call_id, function, correlation_id, input,
                          output, outcome, milliseconds, at)
                        VALUES (:tenant, :id, :client, :call, :function, :correlation, '{}', '{}', :outcome, 5, now())""")
                        .param("id", id)
                        .param("client", client.value())
                        .param("call", callId)
                        .param("function", function)
                        .param("correlation", correlation(callId).value())
                        .param("outcome", outcome)
                        .update());
    }

    /** The calls of the tenant, then its days with calls, as text. */
    List<String> dump(TenantId tenant) {
        return tenancy.inTenant(
                tenant, () -> sql(tenant, """
                        SELECT row FROM (
                          SELECT 1 AS place, to_jsonb(c)::text AS row FROM patchbay.call c WHERE tenant_id = :tenant
                          UNION ALL
                          SELECT 2, to_jsonb(d)::text FROM patchbay.call_day d WHERE tenant_id = :tenant AND calls <> 0) dump
                        ORDER BY place, row""").query(String.class).list());
    }

    /** The days as the calls themselves add up. */
    List<String> sumsOfCalls(TenantId tenant) {
        return tenancy.inTenant(
                tenant, () -> sql(tenant, """
                        SELECT concat_ws(' ', client_id, day, outcome, reason, flow_name, count(*), sum(seconds)) FROM patchbay.call
                        WHERE tenant_id = :tenant GROUP BY client_id, day, outcome, reason, flow_name ORDER BY 1""").query(String.class).list());
    }

    List<String> sumsOfDays(TenantId tenant) {
        return tenancy.inTenant(
                tenant, () -> sql(tenant, """
                        SELECT concat_ws(' ', client_id, day, outcome, nullif(reason, ''), nullif(flow_name, ''), calls, seconds)
                        FROM patchbay.call_day WHERE tenant_id = :tenant AND calls <> 0 ORDER BY 1""").query(String.class).list());
    }
}
