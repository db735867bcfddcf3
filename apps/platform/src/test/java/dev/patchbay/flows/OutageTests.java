package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.Outages;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.FailingProvider;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A provider that is away costs no run: the runs wait, only self-tests reach it, and all continue when it answers again. */
@PatchbayTest
class OutageTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final ConnectionId CONNECTION = new ConnectionId("con_outage");

    private static final String TEXT = """
            do:
              - text:
                  call: messaging.sendSms
                  with: { to: "${ $event.from }", text: hello }
                  metadata: { patience: { minutes: 5 } }
            """;

    private static final String CONTACT = """
            do:
              - contact:
                  call: crm.upsertContact
                  with: { phone: "${ $event.from }", firstName: Ada, source: test }
            """;

    @Autowired
    private Connections connections;

    @Autowired
    private Clients clients;

    @Autowired
    private Outages outages;

    private final FailingProvider provider = new FailingProvider(TestEnvironment.SANDBOX.address());
    private final List<ClientId> twoClients = List.of(new ClientId("cli_outage1"), new ClientId("cli_outage2"));
    private final Map<String, String> phonesByRun = new HashMap<>();

    @BeforeEach
    void bindTwoClients() {
        var northside = new ClientId(TestEnvironment.dev().at("/clients/0/id").asString());
        var original = connections
                .findBound(TenantScope.of(TENANT, northside), "messaging")
                .orElseThrow();
        Account account = original.account();
        connections.register(
                TENANT,
                new NewConnection(
                        CONNECTION,
                        account.provider(),
                        "Away for a while",
                        provider.address(account.baseUrl()),
                        account.settings(),
                        account.secrets(),
                        Optional.empty()));
        for (ClientId client : twoClients) {
            clients.put(TENANT, new Client(client, "Patient Dental", ZoneId.of("America/Chicago"), Json.object()));
            connections.bind(TenantScope.of(TENANT, client), "messaging", CONNECTION, original.settings());
        }
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void runsWaitOutAnOutageAndCompleteOnceEach() {
        provider.answerUnavailable();
        var flow = new FlowFixture(TEXT);
        var runs = new ArrayList<String>();
        twoClients.forEach(client -> runs.addAll(start(flow, client, 4)));

        awaitOutage("AWAY", 8);
        int before = provider.requests();
        long began = System.nanoTime();
        await().until(() -> provider.requests() >= before + 2);
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(provider.requests() - before)
                .as("only a self-test a second reaches the provider")
                .isLessThanOrEqualTo((int) seconds + 2);

        provider.refuseConnections();
        twoClients.forEach(client -> runs.addAll(start(flow, client, 1)));
        JsonNode outage = awaitOutage("AWAY", 10);
        assertThat(outage.path("sentence").asString())
                .startsWith("Twilio has not answered since ")
                .endsWith("; 10 runs wait and continue by themselves.");
        assertThat(outages.isAway(new TenantId("tnt_other"), CONNECTION))
                .as("another tenant's connection to the same provider")
                .isFalse();
        new FlowFixture(CONTACT).startAndAwait("completed");
        var other = new FlowFixture(TEXT);
        other.startAndAwait("completed");
        assertThat(other.countTexts()).isEqualTo(1);

        provider.comeBack();
        for (String run : runs) {
            FlowFixture.awaitStatus(run, "completed");
            assertThat(PhoneCalls.held("twilio", "messages", String.valueOf(phonesByRun.get(run))))
                    .isEqualTo(1);
        }
        await().until(() -> connection().path("outage").isNull());
    }

    @Test
    void runsThatTheOutageHadParkedAreReplayedOnceWhenItIsOver() {
        provider.refuseConnections();
        var flow = new FlowFixture(TEXT.replace("metadata: { patience: { minutes: 5 } }", ""));
        var runs = new ArrayList<String>();
        twoClients.forEach(client -> runs.addAll(start(flow, client, 1)));
        awaitOutage("AWAY", 0);
        for (String run : runs) {
            JsonNode parked = FlowFixture.awaitStatus(run, "parked");
            assertThat(parked.at("/cause/code").asString()).isEqualTo("provider_down");
        }
        assertThatThrownBy(() -> connections.loadReady(TENANT, CONNECTION)).isInstanceOf(ProviderUnreachable.class);

        provider.comeBack();

        for (String run : runs) {
            JsonNode healed = FlowFixture.awaitStatus(run, "completed");
            assertThat(FlowFixture.steps(healed, 1)).containsExactly("text completed");
            assertThat(healed.at("/replays/0/reason").asString())
                    .isEqualTo("The provider answers again after an outage.");
            assertThat(PhoneCalls.held("twilio", "messages", String.valueOf(phonesByRun.get(run))))
                    .isEqualTo(1);
        }
        await().until(() -> connection().path("outage").isNull());
    }

    @Test
    void oneRunAloneIsPatientWithoutAnOutage() {
        provider.refuseConnections();
        String run = start(new FlowFixture(TEXT), twoClients.getFirst(), 1).getFirst();
        await().until(() -> TestEnvironment.get("/api/v1/runs/" + run)
                        .body()
                        .at("/steps/0/attempts")
                        .size()
                > 3);
        assertThat(connection().path("outage").isNull()).isTrue();

        provider.comeBack();

        FlowFixture.awaitStatus(run, "completed");
    }

    private List<String> start(FlowFixture flow, ClientId client, int count) {
        var started = new ArrayList<String>();
        for (int number = 0; number < count; number++) {
            ObjectNode caller = PhoneCalls.newCaller();
            var reply = TestEnvironment.post(
                    "/api/v1/flows/" + flow.flowId() + "/run",
                    Json.object().put("clientId", client.value()).set("input", caller));
            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(202);
            String run = reply.body().path("runId").asString();
            phonesByRun.put(run, caller.path("from").asString());
            started.add(run);
        }
        return started;
    }

    private static JsonNode awaitOutage(String state, int waitingRuns) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> connection().path("outage"),
                        outage -> outage.path("state").asString("").equals(state)
                                && outage.path("waitingRuns").asInt(0) == waitingRuns);
    }

    private static JsonNode connection() {
        return TestEnvironment.get("/api/v1/connections/" + CONNECTION).body();
    }
}
