package dev.patchbay.integrations.kit;

import static org.awaitility.Awaitility.await;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.internal.action.ActionsFixture;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Port;
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
public class AdapterFixture {

    public static final TenantId TENANT = new TenantId("tnt_demo");
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ActionsFixture actionsFixture;
    private final List<Port> adapters;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    AdapterFixture(ActionsFixture actionsFixture, List<Port> adapters, Tenancy tenancy, JdbcClient jdbc) {
        this.actionsFixture = actionsFixture;
        this.adapters = adapters;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** An act that nobody has asked for before. */
    public ActionRequest acting(ClientId client, String function, JsonNode input) {
        return new ActionRequest(
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
    public Outcome attempt(ActionRequest actionRequest) {
        return decided(actionsFixture.with(adapters), actionRequest, false);
    }

    /** As above, by a process whose only adapter is this. */
    Outcome attempt(ActionRequest actionRequest, Port adapter) {
        return decided(actionsFixture.with(List.of(adapter)), actionRequest, false);
    }

    /** One attempt, without waiting for anything. */
    Outcome ask(ActionRequest actionRequest) {
        return once(actionsFixture.with(adapters), actionRequest, false);
    }

    private static Outcome once(Actions actions, ActionRequest actionRequest, boolean renewed) {
        return actions.attempt(actionRequest, 1, renewed, ExchangeLog.from(Instant.now()));
    }

    private static Outcome decided(Actions actions, ActionRequest actionRequest, boolean renewed) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> once(actions, actionRequest, renewed), outcome -> !(outcome instanceof Outcome.Deferred));
    }

    /** Attempts, as another process takes the act over, until it is done or given up; nobody waits for windows to pass. */
    public Outcome finish(ActionRequest actionRequest) {
        return finish(actionRequest, true);
    }

    /** As above; windows and settle times are waited for. */
    public Outcome finishInTime(ActionRequest actionRequest) {
        return finish(actionRequest, false);
    }

    private Outcome finish(ActionRequest actionRequest, boolean hurry) {
        var renewed = new AtomicBoolean();
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            if (hurry) {
                                letTimePass(actionRequest);
                            }
                            Outcome outcome = once(actionsFixture.with(adapters), actionRequest, renewed.get());
                            renewed.set(outcome instanceof Outcome.Retry retry
                                    && retry.reason() == FailureReason.AUTH_EXPIRED);
                            return outcome;
                        },
                        outcome -> !(outcome instanceof Outcome.Deferred || outcome instanceof Outcome.Retry));
    }

    /** The window to act is over, and the time to settle. */
    private void letTimePass(ActionRequest actionRequest) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        UPDATE patchbay.effect SET act_until = least(act_until, clock_timestamp()), look_after = clock_timestamp()
                        WHERE tenant_id = :tenant AND key = :key AND state IN ('PLANNED', 'UNKNOWN') AND look_after < 'infinity'""")
                        .param("tenant", TENANT.value())
                        .param("key", actionRequest.key().text())
                        .update());
    }

    int incidents(ActionRequest actionRequest) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("SELECT count(*) FROM patchbay.effect_incident WHERE tenant_id = :tenant AND key = :key")
                        .param("tenant", TENANT.value())
                        .param("key", actionRequest.key().text())
                        .query(Integer.class)
                        .single());
    }
}
