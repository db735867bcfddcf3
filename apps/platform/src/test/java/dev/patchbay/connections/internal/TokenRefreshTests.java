package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.spi.TokenRefresher;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tokens of a provider whose refresh tokens work once: two concurrent refreshes would end the grant. */
@PatchbayTest
class TokenRefreshTests {

    private static final TenantId ACME = new TenantId("tnt_refresh");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Tenants tenants;

    @Autowired
    private ConnectionRepository connectionRepository;

    @Autowired
    private SecretRepository secrets;

    @Autowired
    private RouteRepository routeRepository;

    @Autowired
    private WebhookAddressRepository addressRepository;

    @Autowired
    private BindingRepository bindingRepository;

    @Autowired
    private OAuthApps apps;

    @Autowired
    private Clock clock;

    private final OneUse provider = new OneUse();
    private final ConnectionId connection = new ConnectionId("con_refresh_" + NUMBERS.getAndIncrement());
    private Connections connections;

    /** Accepts each refresh token once and answers with its successor. */
    private static final class OneUse implements TokenRefresher {
        private final AtomicInteger refreshes = new AtomicInteger();
        private Duration life = Duration.ofHours(1);
        private Optional<RuntimeException> failure = Optional.empty();
        private Optional<Instant> unansweredSince = Optional.empty();

        @Override
        public String provider() {
            return "oneuse";
        }

        @Override
        public Tokens refresh(Account account, Optional<Instant> unansweredSince) {
            this.unansweredSince = unansweredSince;
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            int number = refreshes.getAndIncrement();
            if (!account.secret("refresh_token").equals("refresh-" + number)) {
                throw new RefreshRefused("The refresh token was used before.");
            }
            return new Tokens(
                    "access-" + (number + 1),
                    Optional.of("refresh-" + (number + 1)),
                    Instant.now().plus(life));
        }
    }

    @BeforeEach
    void registerConnection() {
        tenants.save(ACME, "Acme");
        connections = createNode();
        connections.register(
                ACME,
                new NewConnection(
                        connection,
                        "oneuse",
                        "One use",
                        URI.create("http://127.0.0.1:1"),
                        Json.object(),
                        Map.of("refresh_token", "refresh-0"),
                        Optional.empty()));
        connections.bind(TenantScope.of(ACME), "crm", connection, Json.object());
    }

    @Autowired
    private OutageRegistry outages;

    @Autowired
    private OutageRepository outageRepository;

    /** Shares no locks in memory with others, as a process of its own would not. */
    private Connections createNode() {
        return new ConnectionService(
                tenancy,
                connectionRepository,
                secrets,
                bindingRepository,
                routeRepository,
                addressRepository,
                new TokenRefresh(connectionRepository, secrets, tenancy, apps, List.of(provider), clock),
                outages,
                new ProviderRegistry(List.of()),
                event -> {},
                clock);
    }

    private String token(Connections node) {
        return node.findBound(TenantScope.of(ACME), "crm")
                .orElseThrow()
                .account()
                .secret("access_token");
    }

    @Test
    void oneHundredCallersOnTwoNodesMakeOneRefresh() throws Exception {
        var nodes = List.of(connections, createNode());
        var seen = new HashSet<String>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 100)
                    .<Callable<String>>mapToObj(caller -> () -> token(nodes.get(caller % 2)))
                    .toList();
            for (Future<String> answer : callers.invokeAll(calls)) {
                seen.add(answer.get());
            }
        }
        assertThat(seen).containsExactly("access-1");
        assertThat(provider.refreshes).hasValue(1);
    }

    @Test
    void refreshesATokenThatWouldExpireDuringTheCall() {
        provider.life = Duration.ofSeconds(50);
        assertThat(token(connections)).isEqualTo("access-1");
        assertThat(token(connections)).isEqualTo("access-2");
        provider.life = Duration.ofSeconds(90);
        assertThat(token(connections)).isEqualTo("access-3");
        assertThat(token(connections)).isEqualTo("access-3");
    }

    @Test
    void refreshesARejectedTokenOnce() {
        String rejected = token(connections);
        assertThat(connections.refreshToken(ACME, connection, rejected).secret("access_token"))
                .isEqualTo("access-2");
        assertThat(connections.refreshToken(ACME, connection, rejected).secret("access_token"))
                .isEqualTo("access-2");
        assertThat(provider.refreshes).hasValue(2);
    }

    @Test
    void aRefusedRefreshEndsTheConnectionUntilItIsReconnected() {
        provider.failure = Optional.of(new TokenRefresher.RefreshRefused("Connect HighLevel again."));
        assertThatThrownBy(() -> token(connections)).isInstanceOf(ReconnectRequired.class);
        provider.failure = Optional.empty();
        assertThatThrownBy(() -> token(connections))
                .isInstanceOf(ReconnectRequired.class)
                .hasMessage("Connect HighLevel again.");
        connections.reconnect(ACME, connection, Map.of("refresh_token", "refresh-0"));
        assertThat(token(connections)).isEqualTo("access-1");
    }

    @Test
    void anUnreachableProviderOnlyDelaysTheRefresh() {
        provider.failure = Optional.of(new TokenRefresher.RefreshUnavailable("Nobody answers."));
        assertThatThrownBy(() -> token(connections)).isInstanceOf(ProviderUnreachable.class);
        provider.failure = Optional.empty();
        assertThat(token(connections)).isEqualTo("access-1");
    }

    @Test
    void aProviderThatIsAwayIsNotAskedForAToken() {
        Instant now = clock.instant();
        tenancy.inTenant(ACME, () -> {
            outageRepository.suspect(ACME, connection, now, now, now, "It does not answer.");
            outageRepository.markAway(ACME, connection, now, now.plus(Duration.ofHours(1)), "It does not answer.");
        });
        outages.refresh();
        assertThatThrownBy(() -> token(connections))
                .isInstanceOfSatisfying(
                        ProviderUnreachable.class,
                        unreachable -> assertThat(unreachable.connectionId()).isEqualTo(connection));
        assertThat(provider.unansweredSince).isEmpty();

        tenancy.inTenant(ACME, () -> outageRepository.end(ACME, connection, now));
        outages.refresh();
        assertThat(token(connections)).isEqualTo("access-1");
    }

    private void assertFails(RuntimeException thrown) {
        provider.failure = Optional.of(thrown);
        assertThatThrownBy(() -> token(connections)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void theNextRefreshKnowsSinceWhenAnEarlierOneIsUnanswered() {
        Instant before = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        assertFails(new IllegalStateException("as if it had died here"));
        assertThat(provider.unansweredSince).isEmpty();
        assertFails(new TokenRefresher.RefreshUnavailable("Nobody answers."));
        assertThat(provider.unansweredSince)
                .hasValueSatisfying(since -> assertThat(since).isAfterOrEqualTo(before));
        assertFails(new TokenRefresher.RefreshRefused("Spent."));
        assertThat(provider.unansweredSince).isPresent();
        connections.reconnect(ACME, connection, Map.of("refresh_token", "refresh-0"));
        assertFails(new TokenRefresher.RefreshUnavailable("The answer was lost.", true));
        assertThat(provider.unansweredSince).isEmpty();
        provider.failure = Optional.empty();
        assertThat(token(connections)).isEqualTo("access-1");
        assertThat(provider.unansweredSince).isPresent();
        assertThat(connections.refreshToken(ACME, connection, "access-1").secret("access_token"))
                .isEqualTo("access-2");
        assertThat(provider.unansweredSince).isEmpty();
    }

    @Test
    void aRefreshThatCertainlyFailedIsNotUnanswered() {
        assertFails(new TokenRefresher.RefreshUnavailable("Nobody listens."));
        assertFails(new TokenRefresher.RefreshRefused("Revoked."));
        assertThat(provider.unansweredSince).isEmpty();
    }

    @Test
    void failsInsideATransaction() {
        assertThatThrownBy(() -> tenancy.inTenant(ACME, () -> token(connections)))
                .hasMessageContaining("inside a transaction");
    }
}
