package dev.patchbay.integrations.kit;

import static org.awaitility.Awaitility.await;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.internal.action.ActionsFixture;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Makes attempts as the platform makes them, on the real ledger, and ends the windows of attempts that were cut off. */
@Component
public class AdapterFixture {

    public static final TenantId TENANT = new TenantId("tnt_demo");
    static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

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

    /** A request with an effect key of its own. */
    public ActionRequest request(ClientId client, String function, JsonNode input) {
        return request(client, function, input, WINDOW);
    }

    ActionRequest request(ClientId client, String function, JsonNode input, Duration window) {
        return new ActionRequest(
                client,
                ZoneId.of("America/New_York"),
                Locale.US,
                new CorrelationId("cor_kit"),
                new EffectKey(TENANT, new EffectOrigin.Run(new RunId("run_" + UUID.randomUUID())), "kit", 0),
                "/do/0/kit",
                PortFunction.byName(function),
                input,
                window);
    }

    Port adapter(String provider, String function) {
        return adapters.stream()
                .filter(it -> it.provider().equals(provider))
                .filter(role(PortFunction.byName(function))::isInstance)
                .findFirst()
                .orElseThrow();
    }

    /** The interface that adapters implement for the function: calendars serve functions through our own appointments. */
    static Class<? extends Port> role(PortFunction<?, ?, ?> function) {
        return function.portName().equals("calendar") ? CalendarPort.class : function.port();
    }

    /** The outcome of one attempt by a process with all adapters, after waits for rate limits and other claims. */
    public Outcome attempt(ActionRequest actionRequest) {
        return attemptUntilDecided(actionsFixture.with(adapters), actionRequest, false);
    }

    /** As above, by a process with this adapter only. */
    Outcome attempt(ActionRequest actionRequest, Port adapter) {
        return attemptUntilDecided(actionsFixture.with(List.of(adapter)), actionRequest, false);
    }

    /** One attempt, without waiting for anything. */
    Outcome attemptOnce(ActionRequest actionRequest) {
        return attempt(actionsFixture.with(adapters), actionRequest, false);
    }

    private static Outcome attempt(Actions actions, ActionRequest actionRequest, boolean renewed) {
        return actions.attempt(actionRequest, 1, renewed, ExchangeLog.startingAt(Instant.now()));
    }

    private static Outcome attemptUntilDecided(Actions actions, ActionRequest actionRequest, boolean renewed) {
        return await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> attempt(actions, actionRequest, renewed),
                        outcome -> !(outcome instanceof Outcome.Deferred));
    }

    /** Attempts until the action has succeeded or failed; windows and settle times are ended at once. */
    public Outcome finishWithoutWaiting(ActionRequest actionRequest) {
        return finish(actionRequest, true);
    }

    /** As above, but waits for windows and settle times. */
    public Outcome finishInRealTime(ActionRequest actionRequest) {
        return finish(actionRequest, false);
    }

    private Outcome finish(ActionRequest actionRequest, boolean endWindows) {
        var renewed = new AtomicBoolean();
        return await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            if (endWindows) {
                                endWindowAndSettleTime(actionRequest);
                            }
                            Outcome outcome = attempt(actionsFixture.with(adapters), actionRequest, renewed.get());
                            renewed.set(outcome instanceof Outcome.Retry retry
                                    && retry.reason() == FailureReason.AUTH_EXPIRED);
                            return outcome;
                        },
                        outcome -> !(outcome instanceof Outcome.Deferred || outcome instanceof Outcome.Retry));
    }

    private void endWindowAndSettleTime(ActionRequest actionRequest) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        UPDATE patchbay.effect SET act_until = least(act_until, clock_timestamp()), look_after = clock_timestamp()
                        WHERE tenant_id = :tenant AND key = :key AND state IN ('PLANNED', 'UNKNOWN') AND look_after < 'infinity'""")
                        .param("tenant", TENANT.value())
                        .param("key", actionRequest.key().text())
                        .update());
    }

    int countIncidents(ActionRequest actionRequest) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("SELECT count(*) FROM patchbay.effect_incident WHERE tenant_id = :tenant AND key = :key")
                        .param("tenant", TENANT.value())
                        .param("key", actionRequest.key().text())
                        .query(Integer.class)
                        .single());
    }
}
