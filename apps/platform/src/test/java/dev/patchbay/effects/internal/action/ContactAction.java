package dev.patchbay.effects.internal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.spi.CrmPort;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A new request to upsert the contact Ada, at a scripted CRM. */
final class ContactAction {

    static final TenantId TENANT = new TenantId("tnt_demo");
    static final ClientId CLIENT = new ClientId("cli_harbor");
    static final CrmPort.Contact ADA = contact("con_1", "Ada");

    static CrmPort.Contact contact(String id, @Nullable String firstName) {
        return new CrmPort.Contact(
                id, true, null, null, firstName, null, null, List.of(), CrmPort.Dnd.NONE, Map.of(), List.of());
    }

    private final ScriptedCrm crm = new ScriptedCrm();
    private final EffectKey key =
            new EffectKey(TENANT, new EffectOrigin.Run(new RunId("run_" + UUID.randomUUID())), "contact", 0);
    private final Actions actions;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    ContactAction(ActionsFixture actionsFixture, Tenancy tenancy, JdbcClient jdbc) {
        this.actions = actionsFixture.withShortTimings(List.of(crm));
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    ScriptedCrm crm() {
        return crm;
    }

    EffectKey key() {
        return key;
    }

    static ObjectNode ada() {
        return Json.object()
                .put("phone", "+14155550000")
                .put("firstName", "Ada")
                .put("source", "test");
    }

    Outcome attempt() {
        return attempt(ada());
    }

    Outcome attempt(JsonNode input) {
        return attempt(request(input, OnUnknown.LOOKUP, true), false);
    }

    Outcome attempt(OnUnknown onUnknown) {
        return attempt(request(ada(), onUnknown, true), false);
    }

    /** When there is no time left to send it. */
    Outcome attemptTooLate() {
        return attempt(request(ada(), OnUnknown.LOOKUP, false), false);
    }

    Outcome attemptAfterTokenRefresh() {
        return attempt(request(ada(), OnUnknown.LOOKUP, true), true);
    }

    Outcome attempt(SettlementListener listener) {
        return actions.attempt(
                request(ada(), OnUnknown.LOOKUP, true), 1, false, ExchangeLog.startingAt(Instant.now()), listener);
    }

    Outcome attempt(ActionRequest request, boolean tokenRefreshed) {
        return actions.attempt(request, tokenRefreshed ? 2 : 1, tokenRefreshed, ExchangeLog.startingAt(Instant.now()));
    }

    ActionRequest request() {
        return request(ada(), OnUnknown.LOOKUP, true);
    }

    private ActionRequest request(JsonNode input, OnUnknown onUnknown, boolean begins) {
        return new ActionRequest(
                CLIENT,
                ZoneOffset.UTC,
                Locale.US,
                new CorrelationId("cor_test"),
                key,
                "/do/0/contact",
                PortFunction.byName("crm.upsertContact"),
                input,
                Duration.ofSeconds(2),
                onUnknown,
                List.of(),
                begins);
    }

    /** An attempt whose response is lost; afterwards its window and settle time are over. */
    void loseResponse() {
        crm.returns(new PortResult.Unknown<>("No answer came."));
        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME));
        tenancy.inTenant(TENANT, () -> jdbc.sql("""
                        UPDATE patchbay.effect SET look_after = clock_timestamp(), act_until = clock_timestamp()
                        WHERE tenant_id = 'tnt_demo' AND key = :key""").param("key", key.text()).update());
    }

    static Outcome.Failed failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return (Outcome.Failed) outcome;
    }
}
