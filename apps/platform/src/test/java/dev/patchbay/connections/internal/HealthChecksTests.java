package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.connections.spi.TokenRefresher;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
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

/** Each due connection is checked by one process at a time. */
@PatchbayTest
class HealthChecksTests {

    private static final TenantId ACME = new TenantId("tnt_self_tests");

    @Autowired
    private Connections connections;

    @Autowired
    private ConnectedAccounts accounts;

    @Autowired
    private HealthChecks healthChecks;

    @Autowired
    private HealthCheckRepository healthCheckRepository;

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
    private ConnectionRepository connectionRepository;

    @Autowired
    private SecretRepository secretRepository;

    @Autowired
    private RouteRepository routeRepository;

    @Autowired
    private WebhookAddressRepository addressRepository;

    @Autowired
    private BindingRepository bindingRepository;

    @Autowired
    private OAuthApps apps;

    @Autowired
    private List<TokenRefresher> refreshers;

    @Autowired
    private Clock clock;

    @BeforeEach
    void createTenant() {
        tenants.save(ACME, "Acme");
    }

    private void register(ConnectionId id, String provider, ObjectNode settings, Map<String, String> secrets) {
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

    private void makeDue(ConnectionId id) {
        tenancy.inTenant(
                ACME,
                () -> jdbc.sql("""
                        UPDATE patchbay.connection SET next_test_at = '-infinity'
                        WHERE tenant_id = :tenant AND connection_id = :id""")
                        .param("tenant", ACME.value())
                        .param("id", id.value())
                        .update());
    }

    @Test
    void ofTwoProcessesOneClaimsADueCheck() {
        var connection = new ConnectionId("con_due");
        register(connection, "retell", Json.object(), Map.of("api_key", "key_nobodys"));
        makeDue(connection);
        healthChecks.runOnce();
        var checked = accounts.get(ACME, connection);
        assertThat(checked.state()).isEqualTo(ConnectionState.UNHEALTHY);
        assertThat(checked.testedAt()).isNotNull();
        assertThat(checked.nextTestAt()).isAfter(checked.testedAt());
        makeDue(connection);
        assertThat(tenancy.throughDefinerFunction(() -> healthCheckRepository.claimDue(20, Duration.ofMinutes(15))))
                .anyMatch(one -> one.connectionId().equals(connection));
        assertThat(tenancy.throughDefinerFunction(() -> healthCheckRepository.claimDue(20, Duration.ofMinutes(15))))
                .noneMatch(one -> one.connectionId().equals(connection));
    }

    @Test
    void aResultDoesNotOverwriteAChangeMadeDuringTheCheck() {
        var connection = new ConnectionId("con_race");
        register(connection, "retell", Json.object(), Map.of("api_key", "old"));
        var healthCheck =
                tenancy.inTenant(ACME, () -> healthCheckRepository.start(ACME, connection, Duration.ofMinutes(15)));
        connections.reconnect(ACME, connection, Map.of("api_key", "new"));
        assertThat(tenancy.inTenant(ACME, () -> healthCheckRepository.recordRun(healthCheck, "note")))
                .isFalse();
        assertThat(accounts.get(ACME, connection).sentence()).isNull();
    }

    @Test
    void aMissingSecretAnUnknownProviderAndARefusedGrantEachEndInTheirState() {
        var empty = new ConnectionId("con_empty");
        var fax = new ConnectionId("con_fax");
        var grant = new ConnectionId("con_grant");
        register(empty, "retell", Json.object(), Map.of());
        healthChecks.check(ACME, empty);
        assertThat(accounts.get(ACME, empty).sentence()).startsWith("A secret is missing");
        register(fax, "fax", Json.object(), Map.of());
        healthChecks.check(ACME, fax);
        assertThat(accounts.get(ACME, fax).state()).isEqualTo(ConnectionState.TESTING);
        register(
                grant,
                "google",
                Json.object(),
                Map.of("client_id", "none", "client_secret", "none", "refresh_token", "none"));
        healthChecks.check(ACME, grant);
        assertThat(accounts.get(ACME, grant).state()).isEqualTo(ConnectionState.UNHEALTHY);
        assertThat(accounts.get(ACME, grant).sentence()).contains("connect the account again");
    }

    private ConnectionId connectLocation(String id) {
        var accounts = Json.object();
        var app = accounts.putObject("highlevel").put("clientId", "app_self").put("clientSecret", "secret_self");
        app.putArray("locations").addObject().put("id", id).put("name", id).put("refreshToken", "refresh_" + id);
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        var connection = new ConnectionId("con_" + id);
        register(
                connection,
                "highlevel",
                Json.object().put("locationId", id),
                Map.of("client_id", "app_self", "client_secret", "secret_self", "refresh_token", "refresh_" + id));
        return connection;
    }

    @Test
    void anAccessTokenThatEndedEarlyIsRefreshedBeforeTheGrantCountsAsRejected() {
        ConnectionId id = connectLocation("loc_early");
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "highlevel")
                        .put("operation", "locations.get")
                        .put("fault", "401")
                        .put("times", 1));
        healthChecks.check(ACME, id);
        assertThat(accounts.get(ACME, id).state()).isEqualTo(ConnectionState.READY);
    }

    @Test
    void anUnreachableTokenEndpointLeavesTheStateUnchanged() {
        ConnectionId id = connectLocation("loc_away");
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "highlevel")
                        .put("operation", "oauth.token")
                        .put("fault", "500")
                        .put("times", 1));
        healthChecks.check(ACME, id);
        assertThat(accounts.get(ACME, id).state()).isEqualTo(ConnectionState.TESTING);
        assertThat(accounts.get(ACME, id).sentence()).contains("trying again");
    }

    @Test
    void aLostResponseThatUsedUpTheRefreshTokenIsNamed() {
        ConnectionId id = connectLocation("loc_lost");
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "highlevel")
                        .put("operation", "oauth.token")
                        .put("fault", "lost_response")
                        .put("times", 1));
        healthChecks.check(ACME, id);
        assertThat(accounts.get(ACME, id).state()).isEqualTo(ConnectionState.TESTING);
        healthChecks.check(ACME, id);
        assertThat(accounts.get(ACME, id).state()).isEqualTo(ConnectionState.UNHEALTHY);
        assertThat(accounts.get(ACME, id).sentence())
                .matches("The answer to a token refresh at [0-2][0-9]:[0-5][0-9] UTC was lost and HighLevel gives each"
                        + " token once: connect the account again.");
    }

    @Autowired
    private OutageRegistry outages;

    /** Counted in the sandbox's log. The two instances share no locks in memory, as two processes would not. */
    @Test
    void oneHundredCallersMakeOneRefreshAtHighLevel() throws Exception {
        ConnectionId id = connectLocation("loc_hundred");
        var other = new ConnectionService(
                tenancy,
                connectionRepository,
                secretRepository,
                bindingRepository,
                routeRepository,
                addressRepository,
                new TokenRefresh(connectionRepository, secretRepository, tenancy, apps, refreshers, clock),
                outages,
                providerRegistry,
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
    void responsesAreClassifiedByTheirStatus() {
        assertThat(HealthCheckResult.of(response(200), "X", "the key")).isInstanceOf(HealthCheckResult.Healthy.class);
        assertThat(HealthCheckResult.of(response(403), "X", "the key")).isInstanceOf(HealthCheckResult.Rejected.class);
        assertThat(HealthCheckResult.of(response(404), "X", "the key"))
                .isEqualTo(new HealthCheckResult.Rejected(
                        "X does not know this account (it answered 404); check the settings and the key."));
        for (int status : new int[] {408, 429, 503, 302}) {
            assertThat(HealthCheckResult.of(response(status), "X", "the key"))
                    .isInstanceOf(HealthCheckResult.Unreachable.class);
        }
        assertThat(HealthCheckResult.of(new HttpOutcome.NotSent("Nobody listens."), "X", "the key"))
                .isEqualTo(new HealthCheckResult.Unreachable("X could not be asked: Nobody listens."));
        assertThat(HealthCheckResult.of(new HttpOutcome.Lost("Too late."), "X", "the key"))
                .isEqualTo(new HealthCheckResult.Unreachable("X did not answer: Too late."));
    }

    private static HttpOutcome response(int status) {
        return new HttpOutcome.Responded(status, Json.object(), Optional.empty());
    }

    @Test
    void prodAcceptsOnlyTheProvidersOwnAddressUnlessTheOperatorAllowsOthers() {
        var prod = new ConnectionSettings(Environment.PROD, settings(false));
        var allowed = new ConnectionSettings(Environment.PROD, settings(true));
        var elsewhere =
                new ConnectedAccounts.NewAccount(null, "retell", "x", null, Json.object(), Map.of(), Optional.empty());
        var base = URI.create("http://127.0.0.1:9");
        assertThatThrownBy(() -> new ConnectionValidator(providerRegistry, prod, http)
                        .requireValid(elsewhere, base, Json.object()))
                .hasMessageContaining("baseUrl: here only https://api.retellai.com");
        assertThatNoException()
                .isThrownBy(() -> new ConnectionValidator(providerRegistry, allowed, http)
                        .requireValid(elsewhere, base, Json.object()));
        assertThatThrownBy(() -> new ConnectionId("con ?")).hasMessage("not a well-formed id");
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
