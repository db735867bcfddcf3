package dev.patchbay.integrations.kit;

import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.flows.internal.act.Acts;
import dev.patchbay.flows.internal.act.Holds;
import dev.patchbay.flows.internal.act.Notes;
import dev.patchbay.flows.internal.act.Outcome;
import dev.patchbay.flows.internal.act.PortContracts;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.internal.effect.EffectKey;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.internal.engine.NodeSettings;
import dev.patchbay.flows.internal.rate.Rates;
import dev.patchbay.flows.spi.Port;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Makes attempts as the platform makes them, with the ledger, and lets time pass for what was left behind. */
@Component
public class Stage {

    public static final TenantId TENANT = new TenantId("tnt_demo");
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EffectLedger ledger;
    private final Connections connections;
    private final PortContracts contracts;
    private final NodeSettings timings;
    private final Holds holds;
    private final Rates rates;
    private final List<Port> adapters;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    Stage(
            EffectLedger ledger,
            Connections connections,
            PortContracts contracts,
            NodeSettings timings,
            Holds holds,
            Rates rates,
            List<Port> adapters,
            Tenancy tenancy,
            JdbcClient jdbc) {
        this.ledger = ledger;
        this.connections = connections;
        this.contracts = contracts;
        this.timings = timings;
        this.holds = holds;
        this.rates = rates;
        this.adapters = adapters;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** An act that nobody has asked for before. */
    public Acting acting(ClientId client, String function, JsonNode input) {
        return new Acting(
                client,
                ZoneId.of("America/New_York"),
                new CorrelationId("cor_kit"),
                new EffectKey(TENANT, "run_" + UUID.randomUUID(), "kit", 0),
                "/do/0/kit",
                PortFunction.named(function),
                input,
                WINDOW);
    }

    Port adapter(String provider, String function) {
        return adapters.stream()
                .filter(it -> it.provider().equals(provider))
                .filter(PortFunction.named(function).port()::isInstance)
                .findFirst()
                .orElseThrow();
    }

    /** The outcome of one attempt, by a process with all adapters; waits for room and for others that hold the act. */
    public Outcome attempt(Acting acting) {
        return decided(acts(adapters), acting, false);
    }

    /** As above, by a process whose only adapter is this. */
    Outcome attempt(Acting acting, Port adapter) {
        return decided(acts(List.of(adapter)), acting, false);
    }

    /** One attempt, without waiting for anything. */
    Outcome ask(Acting acting) {
        return once(acts(adapters), acting, false);
    }

    private Acts acts(List<Port> only) {
        return new Acts(ledger, connections, contracts, timings, holds, rates, only);
    }

    private static Outcome once(Acts acts, Acting acting, boolean renewed) {
        return acts.attempt(acting, 1, renewed, Notes.from(Instant.now()), unread -> {});
    }

    private static Outcome decided(Acts acts, Acting acting, boolean renewed) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> once(acts, acting, renewed), outcome -> !(outcome instanceof Outcome.NotYet));
    }

    /** Attempts, as another process takes the act over, until it is done or given up; nobody waits for windows to pass. */
    public Outcome finish(Acting acting) {
        return finish(acting, true);
    }

    /** As above; windows and settle times are waited for. */
    public Outcome finishInTime(Acting acting) {
        return finish(acting, false);
    }

    private Outcome finish(Acting acting, boolean hurry) {
        var renewed = new AtomicBoolean();
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            if (hurry) {
                                letTimePass(acting);
                            }
                            Outcome outcome = once(acts(adapters), acting, renewed.get());
                            renewed.set(
                                    outcome instanceof Outcome.Again again && again.reason() == Reason.AUTH_EXPIRED);
                            return outcome;
                        },
                        outcome -> !(outcome instanceof Outcome.NotYet || outcome instanceof Outcome.Again));
    }

    /** The window to act is over, and the time to settle. */
    private void letTimePass(Acting acting) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        UPDATE patchbay.effect SET act_until = least(act_until, clock_timestamp()), look_after = clock_timestamp()
                        WHERE tenant_id = :tenant AND key = :key AND state IN ('PLANNED', 'UNKNOWN') AND look_after < 'infinity'""")
                        .param("tenant", TENANT.value())
                        .param("key", acting.key().text())
                        .update());
    }

    int incidents(Acting acting) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("SELECT count(*) FROM patchbay.effect_incident WHERE tenant_id = :tenant AND key = :key")
                        .param("tenant", TENANT.value())
                        .param("key", acting.key().text())
                        .query(Integer.class)
                        .single());
    }
}
