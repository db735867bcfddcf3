package dev.patchbay.insights.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.audit.AuditFixture;
import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.insights.calls.CallRebuild.State;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The read model that transactions keep is the one that a rebuild makes of the facts. */
@PatchbayTest
class CallRebuildTests {

    private static final Instant START = Instant.parse("2026-11-29T23:30:00Z");
    private static final List<String> TYPES =
            List.of("voice.call.started", "voice.call.ended", "voice.call.analyzed", "voice.call.reanalyzed");
    private static final List<String> FUNCTIONS = List.of("calendar.book", "calendar.move", "crm.upsertContact");
    private static final List<String> LIVE = List.of("done", "taken", "pending", "failed", "unknown");

    @Autowired
    private PeopleFixture people;

    @Autowired
    private CallFactsFixture facts;

    @Autowired
    private CallRebuild rebuild;

    private TenantId tenant = new TenantId("tnt_unset");
    private List<ClientId> clients = List.of();

    @BeforeEach
    void createTenant() {
        tenant = people.createTenant();
        clients = List.of(people.createClient(tenant, "North"), people.createClient(tenant, "South"));
        facts.addFlow(tenant);
    }

    /** Facts of one call in random order. */
    private void live(Random random, String callId) {
        var client = clients.get(callId.hashCode() & 1);
        var runs = new ArrayList<RunId>();
        for (int step = 0; step < 12; step++) {
            var at = START.plusSeconds(random.nextInt(7_200));
            switch (random.nextInt(7)) {
                case 0, 1 ->
                    facts.addEvent(
                            tenant,
                            client,
                            callId,
                            pick(random, TYPES),
                            """
                            {"from": "+1415555010%d", "durationSeconds": %d, "analysis": {"custom": {"first_name": "Ada", "slot": "%s"}}}""".formatted(random.nextInt(10), random.nextInt(100), at),
                            at);
                case 2 -> runs.add(facts.addRun(tenant, client, callId, at));
                case 3 -> facts.addInvocation(tenant, client, callId, "calendar.book", pick(random, LIVE));
                default -> changeRun(random, callId, runs);
            }
        }
    }

    private void changeRun(Random random, String callId, List<RunId> runs) {
        if (runs.isEmpty()) {
            return;
        }
        var run = pick(random, runs);
        switch (random.nextInt(4)) {
            case 0 -> facts.addStep(tenant, callId, run, pick(random, FUNCTIONS), "completed", """
                        {"id": "c", "start": "2026-12-01T10:00:00Z", "startLocal": "Tue"}""");
            case 1 -> facts.addStep(tenant, callId, run, pick(random, FUNCTIONS), "failed", "{\"title\": \"no_slot\"}");
            case 2 -> facts.undoBookings(tenant, callId, run);
            default ->
                facts.setStatus(
                        tenant,
                        callId,
                        run,
                        pick(random, List.of("waiting", "completed", "parked", "failed", "cancelled")),
                        pick(random, List.of("", "no_slot", "unknown_outcome", "raised")));
        }
    }

    private static <T> T pick(Random random, List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private void assertRebuiltEqualsKept() {
        List<String> kept = facts.dump(tenant);
        assertThat(facts.sumsOfDays(tenant)).isEqualTo(facts.sumsOfCalls(tenant));

        rebuild.rebuild(tenant);
        assertThat(facts.dump(tenant)).as("rebuilt over the kept rows").isEqualTo(kept);

        AuditFixture.executeAsSuperuser(
                "DELETE FROM patchbay.call WHERE tenant_id = '" + tenant + "'",
                "DELETE FROM patchbay.call_day WHERE tenant_id = '" + tenant + "'");
        rebuild.rebuild(tenant);
        assertThat(facts.dump(tenant)).as("rebuilt from nothing").isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theRebuiltReadModelEqualsTheKeptOneAfterRandomHistories(long seed) {
        var random = new Random(seed);
        for (int call = 0; call < 8; call++) {
            live(random, "call_" + seed + "_" + call);
        }
        assertThat(facts.dump(tenant)).isNotEmpty();

        assertRebuiltEqualsKept();
    }

    @Test
    void factsOfOneCallThatChangeAtTheSameTimeAreAllSeen() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 6; thread++) {
                var random = new Random(thread);
                threads.submit(() -> {
                    live(random, "call_same");
                    live(random, "call_other");
                });
            }
        }

        assertRebuiltEqualsKept();
    }

    @Test
    void moreCallsThanABatchHoldsAreRebuilt() {
        for (int call = 0; call < 101; call++) {
            facts.addEvent(tenant, clients.getFirst(), "call_" + call, TYPES.get(2), "{}", START.plusSeconds(call));
        }

        assertRebuiltEqualsKept();
    }

    @Test
    void anOperatorStartsARebuildAndFollowsIt() {
        facts.addEvent(tenant, clients.getFirst(), "call_1", TYPES.get(2), "{}", START);
        String operator = people.issueToken(tenant, Optional.empty(), "operate:ingress", "read:audit");

        assertThat(request("GET", "/calls/rebuild", operator)
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("none");
        assertThat(request("POST", "/calls/rebuild", operator).status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> request("GET", "/calls/rebuild", operator)
                        .body()
                        .path("state")
                        .asString()
                        .equals("done"));
        assertThat(rebuild.progress(tenant)).isEqualTo(new CallRebuild.Progress(State.DONE, 1));
        assertThat(request("GET", "/audit", operator).body().toString()).contains("\"calls.rebuilt\"");
    }

    private static TestEnvironment.Reply request(String method, String path, String token) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1" + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(Json.write(Json.object()))));
    }
}
