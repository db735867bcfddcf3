package dev.patchbay.flows.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.flows.Flows;
import dev.patchbay.flows.internal.act.Acts;
import dev.patchbay.flows.internal.act.Holds;
import dev.patchbay.flows.internal.act.PortContracts;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.internal.effect.EffectKey;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.internal.effect.NodeLease;
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
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

/** What the ledger and the journal make of each thing an adapter can say; the adapter says it from a script. */
@PatchbayTest
class PerformerTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final ClientId CLIENT = new ClientId("cli_harbor");
    private static final CrmPort.Contact ADA = new CrmPort.Contact("con_1", true, null, null, "Ada", null);

    @Autowired
    private EffectLedger ledger;

    @Autowired
    private Journal journal;

    @Autowired
    private Connections connections;

    @Autowired
    private PortContracts contracts;

    @Autowired
    private Holds holds;

    @Autowired
    private Rates rates;

    @Autowired
    private Clock clock;

    @Autowired
    private ObservationRegistry observations;

    @Autowired
    private Flows flows;

    @Autowired
    private RunRepository runs;

    @Autowired
    private NodeLease lease;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final ScriptedCrm crm = new ScriptedCrm();
    private Performer performer;
    private RunContext run;
    private StepId step;

    @BeforeEach
    void aRunAtItsFirstCall() {
        performer = performer(List.of(crm));
        String name = "performer-" + UUID.randomUUID();
        var flow = flows.create(TENANT, "test", """
                document: { dsl: 1.0.3, namespace: test, name: %s, version: 1.0.0 }
                do:
                  - only:
                      set: { done: true }
                """.formatted(name));
        var started = flows.run(TENANT, flow.id(), CLIENT, null, new CorrelationId("cor_test"), Json.object());
        run = runs.load(TENANT, started.runId());
        step = new StepId("/do/0/contact", "contact", 0);
        journal.began(run, step, "crm.upsertContact", "key", null, clock.instant());
    }

    private Performer performer(List<Port> adapters) {
        var timings = new NodeSettings(
                "n",
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(10),
                256);
        var acts = new Acts(ledger, connections, contracts, timings, holds, rates, adapters);
        return new Performer(acts, journal, timings, clock, observations);
    }

    @Test
    void anInputThatDoesNotFitIsGivenUpBeforeAnythingIsSent() {
        assertThat(attempt(Json.object())).isEqualTo(new Verdict.GaveUp(Reason.BAD_INPUT));
        assertThat(sentence()).contains("crm.upsertContact");
    }

    @Test
    void aPortWithoutAnAdapterIsGivenUp() {
        performer = performer(List.of());

        assertThat(attempt()).isEqualTo(new Verdict.GaveUp(Reason.BAD_INPUT));
        assertThat(sentence()).contains("No account is bound");
    }

    @Test
    void aRefusalStaysRefused() {
        crm.says(new Answer.Refused<>(Reason.BAD_INPUT, "The phone is not valid."));

        assertThat(attempt()).isEqualTo(new Verdict.GaveUp(Reason.BAD_INPUT));
        assertThat(attempt()).isEqualTo(new Verdict.GaveUp(Reason.BAD_INPUT));
        assertThat(sentence()).isEqualTo("The phone is not valid.");
    }

    @Test
    void anAdapterThatBreaksItsContractIsABugOutsideProd() {
        var nameless = new CrmPort.Contact("", true, null, null, null, null);
        crm.says(new Answer.Done<>(nameless, "con_1"));

        assertThat(attempt()).isEqualTo(new Verdict.GaveUp(Reason.BUG));
        assertThat(sentence()).startsWith("The output of crm.upsertContact does not fit at /id");
        var inProd = new PortContracts(
                new Settings(Environment.PROD, URI.create("https://x.example"), Path.of("target"), Set.of()));
        assertThat(inProd.outputObjection("crm.upsertContact", Json.tree(nameless)))
                .isEmpty();
    }

    @Test
    void whatIsDoneIsReused() {
        crm.says(new Answer.Done<>(ADA, "con_1"));

        assertThat(attempt()).isEqualTo(new Verdict.Done());
        assertThat(attempt()).isEqualTo(new Verdict.Done());
        assertThat(crm.asked).isEqualTo(1);
    }

    @Test
    void aWaitNeverExceedsFiveMinutesHoweverLongTheProviderAsks() {
        crm.says(new Answer.TryLater<>(Reason.RATE_LIMITED, "Too many.", Optional.of(Duration.ofHours(6))));

        assertThat(attempt()).isEqualTo(new Verdict.Again(Duration.ofMinutes(5), Reason.RATE_LIMITED));
    }

    @Test
    void aLostActThatTheProviderDoesNotKnowIsSentAgain() {
        lost();
        crm.knows(new LookUp.Absent<>());
        crm.says(new Answer.Done<>(ADA, "con_1"));

        assertThat(attempt()).isEqualTo(new Verdict.Done());
        assertThat(crm.asked).isEqualTo(2);
    }

    @Test
    void aLostActThatTheProviderKnowsIsDone() {
        lost();
        crm.knows(new LookUp.Found<>(ADA, List.of("con_1")));

        assertThat(attempt()).isEqualTo(new Verdict.Done());
        assertThat(crm.asked).isEqualTo(1);
    }

    @Test
    void aLookUpThatCannotBeMadeIsMadeLater() {
        lost();
        crm.knows(new LookUp.Unavailable<>("HighLevel does not answer."));

        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Verdict.Again.class, again -> assertThat(again.reason()).isEqualTo(Reason.UNKNOWN_OUTCOME));
    }

    @Test
    void anActThatCannotBeLookedUpWaitsForAPerson() {
        lost();
        crm.knows(new LookUp.Impossible<>("There is no way to tell."));

        assertThat(attempt()).isEqualTo(new Verdict.GaveUp(Reason.UNKNOWN_OUTCOME));
        assertThat(attempt()).isEqualTo(new Verdict.GaveUp(Reason.UNKNOWN_OUTCOME));
    }

    @Test
    void aRejectedTokenIsRenewedOnceThenThePersonMustConnectAgain() {
        crm.says(new Answer.Unauthorized<>("HighLevel did not accept the token."));
        crm.says(new Answer.Unauthorized<>("HighLevel did not accept the token."));

        assertThat(attempt()).isEqualTo(new Verdict.Again(Duration.ZERO, Reason.AUTH_EXPIRED));
        assertThat(performer.attempt(run, call(ada()), 2, true)).isEqualTo(new Verdict.GaveUp(Reason.AUTH_EXPIRED));
        assertThat(attempt()).as("the connection is unhealthy now").isEqualTo(new Verdict.GaveUp(Reason.AUTH_EXPIRED));

        connections.reconnect(TENANT, connection(), Map.of());
        crm.says(new Answer.Done<>(ADA, "con_1"));
        assertThat(attempt()).isEqualTo(new Verdict.Done());
    }

    @Test
    void aTokenRejectedDuringALookUpIsRenewedToo() {
        lost();
        crm.knows(new LookUp.Unauthorized<>("HighLevel did not accept the token."));

        assertThat(attempt()).isEqualTo(new Verdict.Again(Duration.ZERO, Reason.AUTH_EXPIRED));
    }

    @Test
    void aStepThatSuddenlyAsksForSomethingElseIsABug() {
        crm.says(new Answer.TryLater<>(Reason.PROVIDER_DOWN, "Down.", Optional.empty()));
        attempt();

        assertThat(attempt(ada().put("firstName", "Grace"))).isEqualTo(new Verdict.GaveUp(Reason.BUG));
    }

    @Test
    void aFencedProcessSendsNothing() {
        tenancy.throughDoor(() -> jdbc.sql(
                        "UPDATE patchbay.node SET lease_until = '-infinity', epoch = nextval('patchbay.node_epoch') WHERE node_id = :node")
                .param("node", lease.nodeId())
                .update());

        assertThat(attempt()).isInstanceOf(Verdict.NotYet.class);
        assertThat(crm.asked).isZero();
        lease.renew();
    }

    @Test
    void aBugInAnAdapterIsTriedAgainAndNamed() {
        crm.throwsNext(new IllegalStateException("oops"));

        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Verdict.Again.class, again -> assertThat(again.reason()).isEqualTo(Reason.BUG));
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() {
        crm.throwsNext(new QueryTimeoutException("away"));

        assertThat(attempt()).isInstanceOf(Verdict.NotYet.class);
    }

    @Test
    void everyReasonHasAStandardError() {
        for (Reason reason : Reason.values()) {
            var error = TaskFailed.because(reason, "/do/0/x", "why").error();
            assertThat(error.path("title").asString()).isEqualTo(reason.code());
            assertThat(error.path("status").asInt()).isBetween(400, 504);
            assertThat(reason.nextAction()).endsWith(".");
        }
    }

    private void lost() {
        crm.says(new Answer.Lost<>("No answer came."));
        assertThat(attempt())
                .isInstanceOfSatisfying(
                        Verdict.Again.class, again -> assertThat(again.reason()).isEqualTo(Reason.UNKNOWN_OUTCOME));
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "UPDATE patchbay.effect SET look_after = clock_timestamp() WHERE tenant_id = 'tnt_demo' AND run_id = :run")
                        .param("run", run.runId())
                        .update());
    }

    private String connection() {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "SELECT connection_id FROM patchbay.connection WHERE tenant_id = 'tnt_demo' AND unhealthy IS NOT NULL")
                        .query(String.class)
                        .single());
    }

    private Verdict attempt() {
        return attempt(ada());
    }

    private Verdict attempt(JsonNode input) {
        return performer.attempt(run, call(input), 1, false);
    }

    private StepCall call(JsonNode input) {
        return new StepCall(
                step, PortFunction.named("crm.upsertContact"), new EffectKey(TENANT, run.runId(), "contact", 0), input);
    }

    private static tools.jackson.databind.node.ObjectNode ada() {
        return Json.object()
                .put("phone", "+14155550000")
                .put("firstName", "Ada")
                .put("source", "test");
    }

    private String sentence() {
        return journal.output(run, step).orElseThrow().path("detail").asString();
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
