package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.connections.spi.TokenRefresher;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Connections are tried again and again, by one process each. */
@PatchbayTest
class HealthChecksTests {

    private static final TenantId ACME = new TenantId("tnt_self_tests");

    @Autowired
    private Connections connections;

    @Autowired
    private ConnectedAccounts accounts;

    @Autowired
    private HealthChecks tests;

    @Autowired
    private HealthCheckRepository health;

    @Autowired
    private OutgoingHttp http;

    @Autowired
    private ProviderRegistry providerRegistry;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Tenants tenants;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ConnectionRepository rows;

    @Autowired
    private BindingRepository bindingRepository;

    @Autowired
    private OAuthApps apps;

    @Autowired
    private List<TokenRefresher> refreshers;

    @Autowired
    private Clock clock;

    @BeforeEach
    void acme() {
        tenants.create(ACME, "Acme");
    }

    private void register(String id, String provider, ObjectNode settings, Map<String, String> secrets) {
        connections.register(
                ACME,
                new NewConnection(
                        id,
                        provider,
                        "Test",
                        URI.create(TestEnvironment.SANDBOX.address() + "/" + provider),
                        settings,
                        secrets,
                        Optional.empty()));
    }

    private void due(String id) {
        tenancy.inTenant(
                ACME,
                () -> jdbc.sql("""
                        UPDATE patchbay.connection SET next_test_at = '-infinity'
                        WHERE tenant_id = :tenant AND connection_id = :id""")
                        .param("tenant", ACME.value())
                        .param("id", id)
                        .update());
    }

    @Test
    void whatIsDueIsTriedAndOfTwoProcessesOneTakesIt() {
        register("con_due", "retell", Json.object(), Map.of("api_key", "key_nobodys"));
        due("con_due");
        tests.once();
        var tried = accounts.get(ACME, "con_due");
        assertThat(tried.state()).isEqualTo(ConnectionState.UNHEALTHY);
        assertThat(tried.testedAt()).isNotNull();
        assertThat(tried.nextTestAt()).isAfter(tried.testedAt());
        due("con_due");
        assertThat(tenancy.throughDoor(() -> health.claim(20, Duration.ofMinutes(15))))
                .anyMatch(one -> one.connectionId().equals("con_due"));
        assertThat(tenancy.throughDoor(() -> health.claim(20, Duration.ofMinutes(15))))
                .noneMatch(one -> one.connectionId().equals("con_due"));
    }

    @Test
    void whatChangedWhileItWasTriedIsNotOverwritten() {
        register("con_race", "retell", Json.object(), Map.of("api_key", "old"));
        var healthCheck = tenancy.inTenant(ACME, () -> health.begin(ACME, "con_race", Duration.ofMinutes(15)));
        connections.reconnect(ACME, "con_race", Map.of("api_key", "new"));
        var changed = new ArrayList<String>();
        tenancy.inTenant(ACME, () -> health.tested(healthCheck, "note", () -> changed.add("changed")));
        assertThat(changed).isEmpty();
        assertThat(accounts.get(ACME, "con_race").sentence()).isNull();
    }

    @Test
    void aMissingSecretAStrangeProviderAndARefusedGrantEachEndInTheirState() {
        register("con_empty", "retell", Json.object(), Map.of());
        tests.test(ACME, "con_empty");
        assertThat(accounts.get(ACME, "con_empty").sentence()).startsWith("A secret is missing");
        register("con_fax", "fax", Json.object(), Map.of());
        tests.test(ACME, "con_fax");
        assertThat(accounts.get(ACME, "con_fax").state()).isEqualTo(ConnectionState.TESTING);
        register(
                "con_grant",
                "google",
                Json.object(),
                Map.of("client_id", "none", "client_secret", "none", "refresh_token", "none"));
        tests.test(ACME, "con_grant");
        assertThat(accounts.get(ACME, "con_grant").state()).isEqualTo(ConnectionState.UNHEALTHY);
        assertThat(accounts.get(ACME, "con_grant").sentence()).contains("connect the account again");
    }

    private String location(String id) {
        var accounts = Json.object();
        var app = accounts.putObject("highlevel").put("clientId", "app_self").put("clientSecret", "secret_self");
        app.putArray("locations").addObject().put("id", id).put("name", id).put("refreshToken", "refresh_" + id);
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        register(
                "con_" + id,
                "highlevel",
                Json.object().put("locationId", id),
                Map.of("client_id", "app_self", "client_secret", "secret_self", "refresh_token", "refresh_" + id));
        return "con_" + id;
    }

    @Test
    void anAccessTokenThatEndedEarlyIsRenewedBeforeTheGrantIsJudged() {
        String id = location("loc_early");
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "highlevel")
                        .put("operation", "locations.get")
                        .put("fault", "401")
                        .put("times", 1));
        tests.test(ACME, id);
        assertThat(accounts.get(ACME, id).state()).isEqualTo(ConnectionState.READY);
    }

    @Test
    void aTokenEndpointThatIsAwayLeavesTheConnectionAsItIs() {
        String id = location("loc_away");
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "highlevel")
                        .put("operation", "oauth.token")
                        .put("fault", "500")
                        .put("times", 1));
        tests.test(ACME, id);
        assertThat(accounts.get(ACME, id).state()).isEqualTo(ConnectionState.TESTING);
        assertThat(accounts.get(ACME, id).sentence()).contains("trying again");
    }

    @Test
    void aLostAnswerThatSpentTheTokenIsSaid() {
        String id = location("loc_lost");
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "highlevel")
                        .put("operation", "oauth.token")
                        .put("fault", "lost_response")
                        .put("times", 1));
        tests.test(ACME, id);
        assertThat(accounts.get(ACME, id).state()).isEqualTo(ConnectionState.TESTING);
        tests.test(ACME, id);
        assertThat(accounts.get(ACME, id).state()).isEqualTo(ConnectionState.UNHEALTHY);
        assertThat(accounts.get(ACME, id).sentence())
                .matches("The answer to a token refresh at [0-2][0-9]:[0-5][0-9] UTC was lost and HighLevel gives each"
                        + " token once: connect the account again.");
    }

    /** By the sandbox's own books; of two processes, as far as locks in memory go. */
    @Test
    void oneHundredCallersMakeOneRefreshAtHighLevel() throws Exception {
        String id = location("loc_hundred");
        var other = new ConnectionService(
                tenancy,
                rows,
                bindingRepository,
                new TokenRefresh(rows, tenancy, apps, refreshers, clock),
                event -> {},
                clock);
        var processes = List.of(connections, other);
        long before = refreshes();
        var seen = new HashSet<String>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 100)
                    .<Callable<String>>mapToObj(caller ->
                            () -> processes.get(caller % 2).loadReady(ACME, id).secret("access_token"))
                    .toList();
            for (Future<String> answer : callers.invokeAll(calls)) {
                seen.add(answer.get());
            }
        }
        assertThat(seen).hasSize(1);
        assertThat(refreshes() - before).isEqualTo(1);
    }

    private static long refreshes() {
        return TestEnvironment.send(TestEnvironment.request(
                                TestEnvironment.SANDBOX.address().resolve("/_sandbox/log?provider=highlevel"))
                        .GET())
                .body()
                .path("requests")
                .valueStream()
                .filter(it -> it.path("operation").asString().equals("oauth.token"))
                .count();
    }

    @Test
    void answersAreReadAsEveryProviderMeansThem() {
        assertThat(HealthCheckResult.of(answered(200), "X", "the key")).isInstanceOf(HealthCheckResult.Healthy.class);
        assertThat(HealthCheckResult.of(answered(403), "X", "the key")).isInstanceOf(HealthCheckResult.Rejected.class);
        assertThat(HealthCheckResult.of(answered(404), "X", "the key"))
                .isEqualTo(new HealthCheckResult.Rejected(
                        "X does not know this account (it answered 404); check the settings and the key."));
        for (int away : new int[] {408, 429, 503, 302}) {
            assertThat(HealthCheckResult.of(answered(away), "X", "the key"))
                    .isInstanceOf(HealthCheckResult.Unreachable.class);
        }
        assertThat(HealthCheckResult.of(new HttpOutcome.NotSent("Nobody listens."), "X", "the key"))
                .isEqualTo(new HealthCheckResult.Unreachable("X could not be asked: Nobody listens."));
        assertThat(HealthCheckResult.of(new HttpOutcome.Lost("Too late."), "X", "the key"))
                .isEqualTo(new HealthCheckResult.Unreachable("X did not answer: Too late."));
    }

    private static HttpOutcome answered(int status) {
        return new HttpOutcome.Responded(status, Json.object(), Optional.empty());
    }

    @Test
    void inProdOnlyTheProvidersOwnAddressUnlessTheOperatorAllowsOthers() {
        var prod = new ConnectionSettings(Environment.PROD, settings(false));
        var allowed = new ConnectionSettings(Environment.PROD, settings(true));
        var elsewhere = new ConnectedAccounts.NewAccount(
                "con ?", "retell", "x", null, Json.object(), Map.of(), Optional.empty());
        var base = URI.create("http://127.0.0.1:9");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new ConnectionValidator(providerRegistry, prod, http).check(elsewhere, base, Json.object()))
                .hasMessageContaining("baseUrl: here only https://api.retellai.com");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new ConnectionValidator(providerRegistry, allowed, http).check(elsewhere, base, Json.object()))
                .hasMessageContaining("id: not a well-formed id");
        assertThat(elsewhere).hasToString("NewAccount[retell x]");
    }

    private static ConnectionSettings.Connections settings(boolean anyBaseUrl) {
        return new ConnectionSettings.Connections(
                Duration.ofMinutes(15),
                Duration.ofSeconds(10),
                anyBaseUrl,
                Duration.ofSeconds(5),
                Duration.ofDays(400));
    }
}
