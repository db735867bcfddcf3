package dev.patchbay.effects.internal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.effects.internal.node.NodeLeaseFixture;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What the ledger makes of each thing an adapter can say; the adapter says it from a script. */
@PatchbayTest
class ActionExecutorTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final ClientId CLIENT = new ClientId("cli_harbor");
    private static final CrmPort.Contact ADA = new CrmPort.Contact("con_1", true, null, null, "Ada", null);

    @Autowired
    private EffectLedger ledger;

    @Autowired
    private Connections connections;

    @Autowired
    private Effects effects;

    @Autowired
    private ActionsFixture actionsFixture;

    @Autowired
    private Clock clock;

    @Autowired
    private NodeLeaseFixture lease;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final ScriptedCrm crm = new ScriptedCrm();
    private Actions actions;
    private EffectKey key;
    private String sentence = "";

    @BeforeEach
    void aNewAct() {
        actions = actionsFixture.withShortTimings(List.of(crm));
        key = new EffectKey(TENANT, "run_" + UUID.randomUUID(), "contact", 0);
    }

    @Test
    void anInputThatDoesNotFitIsGivenUpBeforeAnythingIsSent() {
        assertThat(given(attempt(Json.object()))).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(sentence()).contains("crm.upsertContact");
    }

    @Test
    void aPortWithoutAnAdapterIsGivenUp() {
        actions = actionsFixture.withShortTimings(List.of());

        assertThat(given(attempt())).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(sentence()).contains("con_highlevel_harbor", "crm", "cannot serve it");
    }

    @Test
    void aRefusalStaysRefused() {
        crm.says(new PortResult.Rejected<>(FailureReason.BAD_INPUT, "The phone is not valid."));

        assertThat(given(attempt())).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(given(attempt())).isEqualTo(FailureReason.BAD_INPUT);
        assertThat(sentence()).isEqualTo("The phone is not valid.");
    }

    @Test
    void anAdapterThatBreaksItsContractIsABugOutsideProd() {
        var nameless = new CrmPort.Contact("", true, null, null, null, null);
        crm.says(new PortResult.Succeeded<>(nameless, "con_1"));

        assertThat(given(attempt())).isEqualTo(FailureReason.BUG);
        assertThat(sentence()).startsWith("The output of crm.upsertContact does not fit at /id");
        var inProd = new PortContracts(
                new Settings(Environment.PROD, URI.create("https://x.example"), Path.of("target"), Set.of()));
        assertThat(inProd.outputObjection("crm.upsertContact", Json.tree(nameless)))
                .isEmpty();
    }

    @Test
    void whatIsDoneIsReused() {
        crm.says(new PortResult.Succeeded<>(ADA, "con_1"));

        assertThat(attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(crm.asked).isEqualTo(1);
    }

    @Test
    void aWaitNeverExceedsFiveMinutesHoweverLongTheProviderAsks() {
        crm.says(
                new PortResult.RetryLater<>(FailureReason.RATE_LIMITED, "Too many.", Optional.of(Duration.ofHours(6))));

        assertThat(attempt())
                .isEqualTo(new Outcome.Retry(Duration.ofMinutes(5), FailureReason.RATE_LIMITED, "Too many."));
    }

    @Test
    void aLostActThatTheProviderDoesNotKnowIsSentAgain() {
        lost();
        crm.knows(new LookupResult.Absent<>());
        crm.says(new PortResult.Succeeded<>(ADA, "con_1"));

        assertThat(attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(crm.asked).isEqualTo(2);
    }

    @Test
    void aLostActThatTheProviderKnowsIsDone() {
        lost();
        crm.knows(new LookupResult.Found<>(ADA, List.of("con_1")));

        assertThat(attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(crm.asked).isEqualTo(1);
    }

    @Test
    void aLookUpThatCannotBeMadeIsMadeLater() {
        lost();
        crm.knows(new LookupResult.Unavailable<>("HighLevel does not answer."));

        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME));
    }

    @Test
    void anActThatCannotBeLookedUpWaitsForAPerson() {
        lost();
        crm.knows(new LookupResult.Impossible<>("There is no way to tell."));

        assertThat(attempt()).isEqualTo(new Outcome.NeedsPerson("There is no way to tell."));
        assertThat(attempt()).isInstanceOf(Outcome.NeedsPerson.class);
    }

    @Test
    void aPersonSaysWhatBecameOfIt() {
        lost();
        crm.knows(new LookupResult.Impossible<>("There is no way to tell."));
        attempt();

        assertThat(effects.confirmDone(key, Json.tree(ADA))).isTrue();
        assertThat(effects.confirmNotDone(key)).as("it is settled now").isFalse();
        assertThat(attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(effects.response(TENANT, key.text()).path("id").asString()).isEqualTo("con_1");
    }

    @Test
    void whatAPersonFoundUndoneIsDone() {
        lost();
        crm.knows(new LookupResult.Impossible<>("There is no way to tell."));
        attempt();
        crm.says(new PortResult.Succeeded<>(ADA, "con_1"));

        assertThat(effects.confirmNotDone(key)).isTrue();
        assertThat(attempt()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(crm.asked).isEqualTo(2);
    }

    @Test
    void whoWouldRatherBeAskedIsNotLookedUpFor() {
        crm.says(new PortResult.Unknown<>("No answer came."));

        assertThat(attempt(OnUnknown.ASK, true)).isEqualTo(new Outcome.NeedsPerson("No answer came."));
        assertThat(attempt(OnUnknown.ASK, true)).isInstanceOf(Outcome.NeedsPerson.class);
        assertThat(effects.findNewest(key).orElseThrow().parked()).isTrue();
    }

    @Test
    void whoWouldRatherFailFails() {
        crm.says(new PortResult.Unknown<>("No answer came."));

        assertThat(given(attempt(OnUnknown.FAIL, true))).isEqualTo(FailureReason.UNKNOWN_OUTCOME);
    }

    @Test
    void whatWasCutOffIsAskedForWhereAPersonIsWanted() {
        ledger.claim(key, "/do/0/contact", digest(), Duration.ZERO, Duration.ZERO);

        assertThat(attempt(OnUnknown.ASK, true))
                .isEqualTo(new Outcome.NeedsPerson("An attempt was cut off before its answer came."));
    }

    @Test
    void whatComesTooLateIsNotSentAndCanBeReplayed() {
        assertThat(given(attempt(OnUnknown.LOOKUP, false))).isEqualTo(FailureReason.PROVIDER_DOWN);
        assertThat(crm.asked).isZero();
        assertThat(effects.findNewest(key).orElseThrow().state()).isEqualTo(EffectState.FAILED);
    }

    @Test
    void whatMayHaveBeenSentIsLookedUpHoweverLate() {
        lost();
        crm.knows(new LookupResult.Found<>(ADA, List.of("con_1")));

        assertThat(attempt(OnUnknown.LOOKUP, false)).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void whatTurnsOutNotToHaveBeenSentIsNotSentLate() {
        lost();
        crm.knows(new LookupResult.Absent<>());

        assertThat(given(attempt(OnUnknown.LOOKUP, false))).isEqualTo(FailureReason.PROVIDER_DOWN);
        assertThat(crm.asked).isEqualTo(1);
    }

    @Test
    void aReadThatComesTooLateIsNotMade() {
        var reading = new ActionRequest(
                CLIENT,
                ZoneOffset.UTC,
                new CorrelationId("cor_test"),
                key,
                "/do/0/contact",
                PortFunction.named("crm.getContact"),
                Json.object().put("id", "con_1"),
                Duration.ofSeconds(2),
                OnUnknown.LOOKUP,
                List.of(),
                false);

        assertThat(given(actions.attempt(reading, 1, false, ExchangeLog.from(clock.instant()))))
                .isEqualTo(FailureReason.PROVIDER_DOWN);
    }

    @Test
    void whoseActItIsNoMoreClaimsNothing() {
        var elsewhere = new SettlementListener() {
            @Override
            public boolean claiming() {
                return false;
            }
        };

        assertThat(actions.attempt(acting(ada()), 1, false, ExchangeLog.from(clock.instant()), elsewhere))
                .isInstanceOf(Outcome.Deferred.class);
        assertThat(effects.findNewest(key)).isEmpty();
    }

    @Test
    void aRejectedTokenIsRenewedOnceThenThePersonMustConnectAgain() {
        crm.says(new PortResult.Unauthorized<>("HighLevel did not accept the token."));
        crm.says(new PortResult.Unauthorized<>("HighLevel did not accept the token."));

        assertThat(attempt()).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.after()).isZero();
            assertThat(retry.reason()).isEqualTo(FailureReason.AUTH_EXPIRED);
        });
        assertThat(given(actions.attempt(acting(ada()), 2, true, ExchangeLog.from(clock.instant()))))
                .isEqualTo(FailureReason.AUTH_EXPIRED);
        assertThat(given(attempt())).as("the connection is unhealthy now").isEqualTo(FailureReason.AUTH_EXPIRED);

        connections.reconnect(TENANT, new ConnectionId(connection()), Map.of());
        crm.says(new PortResult.Succeeded<>(ADA, "con_1"));
        assertThat(attempt()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void aTokenRejectedDuringALookUpIsRenewedToo() {
        lost();
        crm.knows(new LookupResult.Unauthorized<>("HighLevel did not accept the token."));

        assertThat(attempt()).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.after()).isZero();
            assertThat(retry.reason()).isEqualTo(FailureReason.AUTH_EXPIRED);
        });
    }

    @Test
    void whatWasCertainlyNotSentMayBeAskedForDifferently() {
        crm.says(new PortResult.RetryLater<>(FailureReason.PROVIDER_DOWN, "Down.", Optional.empty()));
        attempt();
        crm.says(new PortResult.Succeeded<>(ADA, "con_1"));

        assertThat(attempt(ada().put("firstName", "Grace"))).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void whatMayHaveBeenSentMayNotTurnIntoSomethingElse() {
        lost();

        assertThat(attempt(ada().put("firstName", "Grace")))
                .isInstanceOfSatisfying(
                        Outcome.NeedsPerson.class,
                        needsPerson -> assertThat(needsPerson.sentence()).contains("Something else"));
    }

    @Test
    void itIsTooEarlyToSayThatALateActWasNotDone() {
        crm.says(new PortResult.Unknown<>("No answer came."));
        attempt();

        assertThat(attempt(OnUnknown.LOOKUP, false)).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void aFencedProcessSendsNothing() {
        lease.evict();

        assertThat(attempt()).isInstanceOf(Outcome.Deferred.class);
        assertThat(crm.asked).isZero();
        lease.renew();
    }

    @Test
    void aBugInAnAdapterIsTriedAgainAndNamed() {
        crm.throwsNext(new IllegalStateException("oops"));

        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).isEqualTo(FailureReason.BUG));
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() {
        crm.throwsNext(new QueryTimeoutException("away"));

        assertThat(attempt()).isInstanceOf(Outcome.Deferred.class);
    }

    private void lost() {
        crm.says(new PortResult.Unknown<>("No answer came."));
        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.reason()).isEqualTo(FailureReason.UNKNOWN_OUTCOME));
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "UPDATE patchbay.effect SET look_after = clock_timestamp(), act_until = clock_timestamp() WHERE tenant_id = 'tnt_demo' AND run_id = :run")
                        .param("run", key.runId())
                        .update());
    }

    private String connection() {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "SELECT connection_id FROM patchbay.connection WHERE tenant_id = 'tnt_demo' AND provider = 'highlevel' AND unhealthy IS NOT NULL")
                        .query(String.class)
                        .single());
    }

    private Outcome attempt() {
        return attempt(ada());
    }

    private Outcome attempt(JsonNode input) {
        return actions.attempt(acting(input), 1, false, ExchangeLog.from(clock.instant()));
    }

    private Outcome attempt(OnUnknown onUnknown, boolean begins) {
        return actions.attempt(acting(ada(), onUnknown, begins), 1, false, ExchangeLog.from(clock.instant()));
    }

    private ActionRequest acting(JsonNode input) {
        return acting(input, OnUnknown.LOOKUP, true);
    }

    private ActionRequest acting(JsonNode input, OnUnknown onUnknown, boolean begins) {
        return new ActionRequest(
                CLIENT,
                ZoneOffset.UTC,
                new CorrelationId("cor_test"),
                key,
                "/do/0/contact",
                PortFunction.named("crm.upsertContact"),
                input,
                Duration.ofSeconds(2),
                onUnknown,
                List.of(),
                begins);
    }

    private byte[] digest() {
        var account = connections
                .findBound(TenantScope.of(TENANT, CLIENT), "crm")
                .orElseThrow()
                .account();
        return Json.digest(Json.object()
                .put("function", "crm.upsertContact")
                .put("connection", account.connectionId().value())
                .set("input", ada()));
    }

    private FailureReason given(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        sentence = ((Outcome.Failed) outcome).sentence();
        return ((Outcome.Failed) outcome).reason();
    }

    private static tools.jackson.databind.node.ObjectNode ada() {
        return Json.object()
                .put("phone", "+14155550000")
                .put("firstName", "Ada")
                .put("source", "test");
    }

    private String sentence() {
        return sentence;
    }

    /** A CRM that says what the test wrote down, in order. */
    private static final class ScriptedCrm implements CrmPort {

        private final Deque<PortResult<Contact>> answers = new ArrayDeque<>();
        private final Deque<LookupResult<Contact>> lookUps = new ArrayDeque<>();
        private Optional<RuntimeException> failure = Optional.empty();
        private int asked;

        void says(PortResult<Contact> portResult) {
            answers.add(portResult);
        }

        void knows(LookupResult<Contact> lookupResult) {
            lookUps.add(lookupResult);
        }

        void throwsNext(RuntimeException next) {
            failure = Optional.of(next);
        }

        @Override
        public String provider() {
            return "highlevel";
        }

        @Override
        public Map<String, Idempotency> idempotency() {
            return Map.of("crm.upsertContact", Idempotency.lookUp(Idempotency.Settle.USUAL, "As the test says."));
        }

        @Override
        public PortResult<Contact> upsertContact(CallContext callContext, ContactDetails details) {
            asked++;
            failure.ifPresent(next -> {
                throw next;
            });
            return answers.remove();
        }

        @Override
        public LookupResult<Contact> findContact(CallContext callContext, ContactDetails details) {
            return lookUps.remove();
        }

        @Override
        public PortResult<Contact> getContact(CallContext callContext, ContactId contact) {
            return answers.remove();
        }

        @Override
        public PortResult<Contacts> searchContacts(CallContext callContext, ContactDetails details) {
            throw new UnsupportedOperationException("no test searches");
        }
    }
}
