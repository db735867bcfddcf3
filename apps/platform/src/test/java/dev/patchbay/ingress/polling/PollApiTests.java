package dev.patchbay.ingress.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.WebhookSigner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@PatchbayTest
class PollApiTests {

    @Autowired
    private Polls polls;

    @Autowired
    private PollSettings settings;

    @Autowired
    private PollCursorRepository cursors;

    @Autowired
    private StreamPoller streamPoller;

    @Autowired
    private PollSchedule scheduleOfTheApplication;

    @Autowired
    private Connections connections;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @Autowired
    private ServiceTokens tokens;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private PolledTenant agency;

    @AfterEach
    void startTheSchedule() {
        scheduleOfTheApplication.start();
    }

    @BeforeEach
    void setUp() {
        scheduleOfTheApplication.stop();
        agency = new PolledTenant(tenants, clients, connections, tenancy, jdbc);
        tokens.issueFixed(agency.tenant, "operator", Set.of("operate:ingress", "read:ingress", "read:events"), token());
    }

    private String token() {
        return "pbt_" + agency.mark;
    }

    private static HttpRequest.Builder api(String path, String token) {
        return TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private JsonNode page(String path) {
        var answer = TestEnvironment.send(api(path, token()).GET());
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode get(String path) {
        return page(path).path("items");
    }

    private static TestEnvironment.Reply poll(String body, String token) {
        return TestEnvironment.send(api("ingress/polls", token).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private TestEnvironment.Reply poll(String body) {
        return poll(body, token());
    }

    private String call(Instant end) {
        return TestEnvironment.sandbox(
                        "calls",
                        Json.object()
                                .put("from", "+14155550001")
                                .put("agentId", agency.agent())
                                .put("endTimestamp", end.toEpochMilli()))
                .path("callId")
                .asString();
    }

    @Test
    void aCallWithoutWebhooksIsFoundByAPollAndMarkedSo() {
        agency.atRetell("");
        String callId = call(Instant.now());

        var answer = poll("{\"provider\": \"retell\", \"connectionId\": \"con_quiet\"}");

        assertThat(answer.status()).isEqualTo(200);
        var report = answer.body().at("/items/0");
        assertThat(report.path("repaired").asInt()).isEqualTo(3);
        assertThat(report.path("stream").asString()).isEqualTo("calls");
        var events = get("events?subject=" + callId);
        assertThat(events).hasSize(3);
        assertThat(events.valueStream().map(event -> event.path("origin").asString()))
                .containsOnly("poll");
        assertThat(events.at("/0/clientid").asString()).isEqualTo(agency.client.value());

        // A call may begin before midnight and end after it: its facts then belong to two days.
        var today = LocalDate.now(ZoneOffset.UTC);
        var days = get("ingress/reconciliation?provider=retell&from=" + today.minusDays(1) + "&to=" + today);
        assertThat(days.valueStream()
                        .mapToInt(day -> day.path("repaired").asInt())
                        .sum())
                .isEqualTo(3);
        assertThat(days.at("/0/missing").asInt()).isZero();
        assertThat(days.at("/0/day").asString()).startsWith("20").hasSize(10);
        assertThat(days.at("/0").hasNonNull("lastPolledAt")).isTrue();
        assertThat(get("ingress/reconciliation?to=" + today.minusDays(7))).isEmpty();
        assertThat(get("ingress/reconciliation?provider=twilio")).isEmpty();
        assertThat(get("ingress/reconciliation?from=2999-01-01")).isEmpty();
        assertThat(get("ingress/reconciliation/differences?kind=repaired")).hasSize(3);
        assertThat(get("ingress/reconciliation/differences?kind=missing")).isEmpty();
    }

    @Test
    void aCallThatTheProviderDoesNotKnowIsReportedAndAnOldOneIsNot() {
        try (var recorder = new Recorder("x-retell-signature")) {
            agency.atRetell(recorder.url());
            call(Instant.now().minus(Duration.ofDays(3)));
            recorder.recorded().forEach(it -> it.deliver(agency.address("retell", PolledTenant.QUIET)));
            deliverACallThatTheProviderDoesNotKnow();

            var report = poll("{\"connectionId\": \"con_quiet\"}").body().at("/items/0");

            assertThat(report.path("onlyHere").asInt()).isEqualTo(3);
            var flagged = get("ingress/reconciliation/differences?kind=only_here");
            assertThat(flagged).hasSize(3);
            assertThat(flagged.at("/0/subject").asString()).isEqualTo("call_gone" + agency.mark);
            assertThat(flagged.at("/0/eventId").asString()).startsWith("evt_");
            assertThat(poll("{\"connectionId\": \"con_quiet\"}")
                            .body()
                            .at("/items/0/onlyHere")
                            .asInt())
                    .isZero();
            assertThat(get("ingress/reconciliation/differences?kind=only_here")).hasSize(3);
        }
    }

    /** Three facts of a call that the sandbox never had, signed with the agent's key. */
    private void deliverACallThatTheProviderDoesNotKnow() {
        var call = Json.object()
                .put("call_id", "call_gone" + agency.mark)
                .put("agent_id", agency.agent())
                .put("end_timestamp", System.currentTimeMillis());
        for (String event : List.of("call_started", "call_ended", "call_analyzed")) {
            String body = Json.write(Json.object().put("event", event).set("call", call));
            new Recorder.Recorded("x-retell-signature", WebhookSigner.retell(agency.key(), body, Instant.now()), body)
                    .deliver(agency.address("retell", PolledTenant.QUIET));
        }
    }

    @Test
    void listsArePaged() {
        agency.atRetell("");
        call(Instant.now());
        call(Instant.now().minus(Duration.ofHours(23)));
        assertThat(poll("").status()).isEqualTo(200);
        String path = "ingress/reconciliation?limit=1";
        var first = page(path);
        assertThat(first.path("items")).hasSize(1);
        var next = get(path + "&after=" + first.path("next").asString());
        assertThat(next).hasSize(1);
        assertThat(next.at("/0")).isNotEqualTo(first.at("/items/0"));
        var differences = get("ingress/reconciliation/differences?limit=2");
        assertThat(differences).hasSize(2);
        assertThat(get("ingress/reconciliation/differences?after="
                        + differences.at("/1/connectionId").asString() + "/"
                        + differences.at("/1/key").asString()))
                .hasSize(10);
    }

    @Test
    void pollingNeedsItsPermission() {
        assertThat(poll("{\"provider\": \"nobody\"}").body().path("code").asString())
                .isEqualTo("404.not_found");
        tokens.issueFixed(agency.tenant, "reader", Set.of("read:events"), token() + "r");
        assertThat(poll("", token() + "r").status()).isEqualTo(403);
    }

    @Test
    void dueStreamsArePolledBySchedule() {
        agency.atRetell("");
        String callId = call(Instant.now());
        var schedule = schedule(polls, Set.of());
        schedule.runOnce();
        // Each of the two connections stores three events.
        assertThat(get("events?subject=" + callId)).hasSize(6);
        // It is not due again for an hour.
        assertThat(polls.listDue()).noneMatch(stream -> stream.tenant().equals(agency.tenant));
        schedule.runOnce();
        assertThat(get("events?subject=" + callId)).hasSize(6);
    }

    @Test
    void onlyAWorkerPolls() {
        assertThat(schedule(polls, Set.of("ingress", "api")).isAutoStartup()).isFalse();
        var schedule = schedule(polls, Set.of("worker"));
        assertThat(schedule.isAutoStartup()).isTrue();
        agency.atRetell("");
        String callId = call(Instant.now());
        schedule.start();
        assertThat(schedule.isRunning()).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("events?subject=" + callId).size() == 6);
        schedule.stop();
        assertThat(schedule.isRunning()).isFalse();
    }

    @Test
    void aFailingSourceDoesNotStopTheOthers() {
        var breaking = new BreakingSource();
        var failingPolls = new Polls(
                List.of(breaking), connections, cursors, streamPoller, tenancy, new SimpleMeterRegistry(), event -> {});
        var schedule = schedule(failingPolls, Set.of("worker"));
        breaking.discovered = false;
        schedule.runOnce();
        assertThat(breaking.reads.get()).isZero();
        breaking.discovered = true;
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            schedule.runOnce();
            return breaking.reads.get() > 0;
        });
        failingPolls.poll(new PollCursorRepository.Stream(
                agency.tenant, new ConnectionId(PolledTenant.QUIET), "calls", "nobody"));
    }

    private PollSchedule schedule(Polls selected, Set<String> roles) {
        var quick = new PollSettings(
                Duration.ofMillis(50),
                settings.retryDelay(),
                settings.lookback(),
                settings.lease(),
                settings.retention());
        var process = new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("."), roles);
        return new PollSchedule(selected, roles.contains("worker") ? quick : settings, process, Clock.systemUTC());
    }
}
