package dev.patchbay.flows.internal.act;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.flows.internal.effect.EffectKey;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.internal.effect.EffectStates;
import dev.patchbay.flows.internal.engine.NodeLease;
import dev.patchbay.flows.internal.engine.NodeSettings;
import dev.patchbay.flows.internal.rate.Rates;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CrmPort;
import dev.patchbay.flows.spi.Idempotency;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Port;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.ClientId;
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
class ActsTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final ClientId CLIENT = new ClientId("cli_harbor");
    private static final CrmPort.Contact ADA = new CrmPort.Contact("con_1", true, null, null, "Ada", null);

    @Autowired
    private EffectLedger ledger;

    @Autowired
    private Connections connections;

    @Autowired
    private PortContracts contracts;

    @Autowired
    private Holds holds;

    @Autowired
    private EffectStates states;

    @Autowired
    private Rates rates;

    @Autowired
    private Clock clock;

    @Autowired
    private NodeLease lease;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final ScriptedCrm crm = new ScriptedCrm();
    private Acts acts;
    private EffectKey key;
    private String sentence = "";

    @BeforeEach
    void aNewAct() {
        acts = acts(List.of(crm));
        key = new EffectKey(TENANT, "run_" + UUID.randomUUID(), "contact", 0);
    }

    private Acts acts(List<Port> adapters) {
        var timings = new NodeSettings(
                "n",
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                256);
        return new Acts(ledger, connections, contracts, timings, holds, tenancy, rates, adapters);
    }

    @Test
    void anInputThatDoesNotFitIsGivenUpBeforeAnythingIsSent() {
        assertThat(given(attempt(Json.object()))).isEqualTo(Reason.BAD_INPUT);
        assertThat(sentence()).contains("crm.upsertContact");
    }

    @Test
    void aPortWithoutAnAdapterIsGivenUp() {
        acts = acts(List.of());

        assertThat(given(attempt())).isEqualTo(Reason.BAD_INPUT);
        assertThat(sentence()).contains("con_highlevel_harbor", "crm", "cannot serve it");
    }

    @Test
    void aRefusalStaysRefused() {
        crm.says(new Answer.Refused<>(Reason.BAD_INPUT, "The phone is not valid."));

        assertThat(given(attempt())).isEqualTo(Reason.BAD_INPUT);
        assertThat(given(attempt())).isEqualTo(Reason.BAD_INPUT);
        assertThat(sentence()).isEqualTo("The phone is not valid.");
    }

    @Test
    void anAdapterThatBreaksItsContractIsABugOutsideProd() {
        var nameless = new CrmPort.Contact("", true, null, null, null, null);
        crm.says(new Answer.Done<>(nameless, "con_1"));

        assertThat(given(attempt())).isEqualTo(Reason.BUG);
        assertThat(sentence()).startsWith("The output of crm.upsertContact does not fit at /id");
        var inProd = new PortContracts(
                new Settings(Environment.PROD, URI.create("https://x.example"), Path.of("target"), Set.of()));
        assertThat(inProd.outputObjection("crm.upsertContact", Json.tree(nameless)))
                .isEmpty();
    }

    @Test
    void whatIsDoneIsReused() {
        crm.says(new Answer.Done<>(ADA, "con_1"));

        assertThat(attempt()).isInstanceOf(Outcome.Done.class);
        assertThat(attempt()).isInstanceOf(Outcome.Done.class);
        assertThat(crm.asked).isEqualTo(1);
    }

    @Test
    void aWaitNeverExceedsFiveMinutesHoweverLongTheProviderAsks() {
        crm.says(new Answer.TryLater<>(Reason.RATE_LIMITED, "Too many.", Optional.of(Duration.ofHours(6))));

        assertThat(attempt()).isEqualTo(new Outcome.Again(Duration.ofMinutes(5), Reason.RATE_LIMITED, "Too many."));
    }

    @Test
    void aLostActThatTheProviderDoesNotKnowIsSentAgain() {
        lost();
        crm.knows(new LookUp.Absent<>());
        crm.says(new Answer.Done<>(ADA, "con_1"));

        assertThat(attempt()).isInstanceOf(Outcome.Done.class);
        assertThat(crm.asked).isEqualTo(2);
    }

    @Test
    void aLostActThatTheProviderKnowsIsDone() {
        lost();
        crm.knows(new LookUp.Found<>(ADA, List.of("con_1")));

        assertThat(attempt()).isInstanceOf(Outcome.Done.class);
        assertThat(crm.asked).isEqualTo(1);
    }

    @Test
    void aLookUpThatCannotBeMadeIsMadeLater() {
        lost();
        crm.knows(new LookUp.Unavailable<>("HighLevel does not answer."));

        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Outcome.Again.class, again -> assertThat(again.reason()).isEqualTo(Reason.UNKNOWN_OUTCOME));
    }

    @Test
    void anActThatCannotBeLookedUpWaitsForAPerson() {
        lost();
        crm.knows(new LookUp.Impossible<>("There is no way to tell."));

        assertThat(attempt()).isEqualTo(new Outcome.Ask("There is no way to tell."));
        assertThat(attempt()).isInstanceOf(Outcome.Ask.class);
    }

    @Test
    void aPersonSaysWhatBecameOfIt() {
        lost();
        crm.knows(new LookUp.Impossible<>("There is no way to tell."));
        attempt();

        assertThat(states.decide(key, Json.tree(ADA))).isTrue();
        assertThat(states.decide(key, null)).as("it is settled now").isFalse();
        assertThat(attempt()).isInstanceOf(Outcome.Done.class);
        assertThat(states.result(TENANT, key.text()).path("id").asString()).isEqualTo("con_1");
    }

    @Test
    void whatAPersonFoundUndoneIsDone() {
        lost();
        crm.knows(new LookUp.Impossible<>("There is no way to tell."));
        attempt();
        crm.says(new Answer.Done<>(ADA, "con_1"));

        assertThat(states.decide(key, null)).isTrue();
        assertThat(attempt()).isInstanceOf(Outcome.Done.class);
        assertThat(crm.asked).isEqualTo(2);
    }

    @Test
    void whoWouldRatherBeAskedIsNotLookedUpFor() {
        crm.says(new Answer.Lost<>("No answer came."));

        assertThat(attempt(OnUnknown.ASK, true)).isEqualTo(new Outcome.Ask("No answer came."));
        assertThat(attempt(OnUnknown.ASK, true)).isInstanceOf(Outcome.Ask.class);
        assertThat(states.newest(key).orElseThrow().parked()).isTrue();
    }

    @Test
    void whoWouldRatherFailFails() {
        crm.says(new Answer.Lost<>("No answer came."));

        assertThat(given(attempt(OnUnknown.FAIL, true))).isEqualTo(Reason.UNKNOWN_OUTCOME);
    }

    @Test
    void whatWasCutOffIsAskedForWhereAPersonIsWanted() {
        ledger.claim(key, "/do/0/contact", digest(), Duration.ZERO, Duration.ZERO);

        assertThat(attempt(OnUnknown.ASK, true))
                .isEqualTo(new Outcome.Ask("An attempt was cut off before its answer came."));
    }

    @Test
    void whatComesTooLateIsNotSentAndCanBeReplayed() {
        assertThat(given(attempt(OnUnknown.LOOKUP, false))).isEqualTo(Reason.PROVIDER_DOWN);
        assertThat(crm.asked).isZero();
        assertThat(states.newest(key).orElseThrow().state()).isEqualTo("FAILED");
    }

    @Test
    void whatMayHaveBeenSentIsLookedUpHoweverLate() {
        lost();
        crm.knows(new LookUp.Found<>(ADA, List.of("con_1")));

        assertThat(attempt(OnUnknown.LOOKUP, false)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatTurnsOutNotToHaveBeenSentIsNotSentLate() {
        lost();
        crm.knows(new LookUp.Absent<>());

        assertThat(given(attempt(OnUnknown.LOOKUP, false))).isEqualTo(Reason.PROVIDER_DOWN);
        assertThat(crm.asked).isEqualTo(1);
    }

    @Test
    void aReadThatComesTooLateIsNotMade() {
        var reading = new Acting(
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

        assertThat(given(acts.attempt(reading, 1, false, Notes.from(clock.instant()))))
                .isEqualTo(Reason.PROVIDER_DOWN);
    }

    @Test
    void whoseActItIsNoMoreClaimsNothing() {
        var elsewhere = new Witness() {
            @Override
            public boolean claiming() {
                return false;
            }
        };

        assertThat(acts.attempt(acting(ada()), 1, false, Notes.from(clock.instant()), elsewhere))
                .isInstanceOf(Outcome.NotYet.class);
        assertThat(states.newest(key)).isEmpty();
    }

    @Test
    void aRejectedTokenIsRenewedOnceThenThePersonMustConnectAgain() {
        crm.says(new Answer.Unauthorized<>("HighLevel did not accept the token."));
        crm.says(new Answer.Unauthorized<>("HighLevel did not accept the token."));

        assertThat(attempt()).isInstanceOfSatisfying(Outcome.Again.class, again -> {
            assertThat(again.after()).isZero();
            assertThat(again.reason()).isEqualTo(Reason.AUTH_EXPIRED);
        });
        assertThat(given(acts.attempt(acting(ada()), 2, true, Notes.from(clock.instant()))))
                .isEqualTo(Reason.AUTH_EXPIRED);
        assertThat(given(attempt())).as("the connection is unhealthy now").isEqualTo(Reason.AUTH_EXPIRED);

        connections.reconnect(TENANT, connection(), Map.of());
        crm.says(new Answer.Done<>(ADA, "con_1"));
        assertThat(attempt()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aTokenRejectedDuringALookUpIsRenewedToo() {
        lost();
        crm.knows(new LookUp.Unauthorized<>("HighLevel did not accept the token."));

        assertThat(attempt()).isInstanceOfSatisfying(Outcome.Again.class, again -> {
            assertThat(again.after()).isZero();
            assertThat(again.reason()).isEqualTo(Reason.AUTH_EXPIRED);
        });
    }

    @Test
    void whatWasCertainlyNotSentMayBeAskedForDifferently() {
        crm.says(new Answer.TryLater<>(Reason.PROVIDER_DOWN, "Down.", Optional.empty()));
        attempt();
        crm.says(new Answer.Done<>(ADA, "con_1"));

        assertThat(attempt(ada().put("firstName", "Grace"))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatMayHaveBeenSentMayNotTurnIntoSomethingElse() {
        lost();

        assertThat(attempt(ada().put("firstName", "Grace")))
                .isInstanceOfSatisfying(
                        Outcome.Ask.class, ask -> assertThat(ask.sentence()).contains("Something else"));
    }

    @Test
    void itIsTooEarlyToSayThatALateActWasNotDone() {
        crm.says(new Answer.Lost<>("No answer came."));
        attempt();

        assertThat(attempt(OnUnknown.LOOKUP, false)).isInstanceOf(Outcome.NotYet.class);
    }

    @Test
    void aFencedProcessSendsNothing() {
        tenancy.throughDoor(() -> jdbc.sql(
                        "UPDATE patchbay.node SET lease_until = '-infinity', epoch = nextval('patchbay.node_epoch') WHERE node_id = :node")
                .param("node", lease.nodeId())
                .update());

        assertThat(attempt()).isInstanceOf(Outcome.NotYet.class);
        assertThat(crm.asked).isZero();
        lease.renew();
    }

    @Test
    void aBugInAnAdapterIsTriedAgainAndNamed() {
        crm.throwsNext(new IllegalStateException("oops"));

        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Outcome.Again.class, again -> assertThat(again.reason()).isEqualTo(Reason.BUG));
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() {
        crm.throwsNext(new QueryTimeoutException("away"));

        assertThat(attempt()).isInstanceOf(Outcome.NotYet.class);
    }

    private void lost() {
        crm.says(new Answer.Lost<>("No answer came."));
        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Outcome.Again.class, again -> assertThat(again.reason()).isEqualTo(Reason.UNKNOWN_OUTCOME));
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
        return acts.attempt(acting(input), 1, false, Notes.from(clock.instant()));
    }

    private Outcome attempt(OnUnknown onUnknown, boolean begins) {
        return acts.attempt(acting(ada(), onUnknown, begins), 1, false, Notes.from(clock.instant()));
    }

    private Acting acting(JsonNode input) {
        return acting(input, OnUnknown.LOOKUP, true);
    }

    private Acting acting(JsonNode input, OnUnknown onUnknown, boolean begins) {
        return new Acting(
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
                .bound(TenantScope.of(TENANT, CLIENT), "crm")
                .orElseThrow()
                .account();
        return Json.digest(Json.object()
                .put("function", "crm.upsertContact")
                .put("connection", account.connectionId())
                .set("input", ada()));
    }

    private Reason given(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.GaveUp.class);
        sentence = ((Outcome.GaveUp) outcome).sentence();
        return ((Outcome.GaveUp) outcome).reason();
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

        private final Deque<Answer<Contact>> answers = new ArrayDeque<>();
        private final Deque<LookUp<Contact>> lookUps = new ArrayDeque<>();
        private Optional<RuntimeException> failure = Optional.empty();
        private int asked;

        void says(Answer<Contact> answer) {
            answers.add(answer);
        }

        void knows(LookUp<Contact> lookUp) {
            lookUps.add(lookUp);
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
        public Answer<Contact> upsertContact(Act act, ContactDetails details) {
            asked++;
            failure.ifPresent(next -> {
                throw next;
            });
            return answers.remove();
        }

        @Override
        public LookUp<Contact> findContact(Act act, ContactDetails details) {
            return lookUps.remove();
        }

        @Override
        public Answer<Contact> getContact(Act act, ContactId contact) {
            return answers.remove();
        }

        @Override
        public Answer<Contacts> searchContacts(Act act, ContactDetails details) {
            throw new UnsupportedOperationException("no test searches");
        }
    }
}
