package dev.patchbay.usage.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchbay.connections.Account;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.usage.UsageFixture;
import dev.patchbay.usage.collection.CollectionRepository.HeldPass;
import dev.patchbay.usage.spi.UsageSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class PassRunnerTests {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @Autowired
    private ApplicationContext application;

    @Autowired
    private CollectionRepository collections;

    @Autowired
    private PassRunner runner;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private UsageFixture agency;

    /** A source without usage, that no schedule knows. */
    private static final class EmptySource implements UsageSource {

        private final List<Window> windows = new ArrayList<>();
        private final Runnable onRead;

        EmptySource(Runnable onRead) {
            this.onRead = onRead;
        }

        @Override
        public String provider() {
            return "empty";
        }

        @Override
        public Page read(Account account, Window window, Optional<String> cursor) {
            windows.add(window);
            onRead.run();
            return new Page(List.of(), List.of(), Set.of(), "end", false, Optional.empty());
        }

        Window last() {
            return windows.getLast();
        }
    }

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "one");
    }

    private CollectionRepository.Key register(CollectionPass pass) {
        var key = new CollectionRepository.Key(agency.tenant, UsageFixture.RETELL, pass, "empty");
        tenancy.inTenant(agency.tenant, () -> collections.register(key));
        return key;
    }

    private CollectionProgress progress(CollectionRepository.Key key) {
        return tenancy.inTenant(agency.tenant, () -> collections.list(agency.tenant, Optional.of("empty"))).stream()
                .filter(it -> it.pass().equals(key.pass().wireName()))
                .findFirst()
                .orElseThrow();
    }

    private void endLease() {
        tenancy.inTenant(
                agency.tenant,
                () -> jdbc.sql(
                                "UPDATE patchbay.usage_collection SET held_until = '-infinity' WHERE tenant_id = :tenant")
                        .param("tenant", agency.tenant.value())
                        .update());
    }

    private Optional<HeldPass> acquire(CollectionRepository.Key key, String holder) {
        return tenancy.inTenant(agency.tenant, () -> collections.acquire(key, holder, LEASE));
    }

    @Test
    void eachPassListsItsOwnTime() {
        var source = new EmptySource(() -> {});
        CollectionRepository.Key latest = register(CollectionPass.LATEST);
        CollectionRepository.Key recent = register(CollectionPass.RECENT);
        CollectionRepository.Key settled = register(CollectionPass.SETTLED);
        assertThat(progress(latest).state()).isEqualTo(CollectionState.WAITING);

        runner.run(source, latest);
        UsageSource.Window first = source.last();
        assertThat(Duration.between(first.from(), first.to())).isEqualTo(CollectionPass.SETTLED_WINDOW);
        assertThat(progress(latest).state()).isEqualTo(CollectionState.DONE);

        runner.run(source, latest);
        assertThat(source.last().from())
                .isCloseTo(first.to().minus(Duration.ofHours(3)), within(1, ChronoUnit.SECONDS));

        runner.run(source, recent);
        assertThat(Duration.between(source.last().from(), source.last().to())).isEqualTo(CollectionPass.RECENT_WINDOW);
        runner.run(source, settled);
        assertThat(Duration.between(source.last().from(), source.last().to())).isEqualTo(CollectionPass.SETTLED_WINDOW);
    }

    @Test
    void aPassThatAnotherProcessTookOverWritesNoPage() {
        CollectionRepository.Key key = register(CollectionPass.REQUESTED);
        var source = new EmptySource(() -> {
            endLease();
            assertThat(acquire(key, "other")).isPresent();
        });

        runner.run(source, key);

        assertThat(progress(key).state()).isEqualTo(CollectionState.RUNNING);
        assertThat(progress(key).finishedAt()).isNull();
        runner.run(source, key);
        assertThat(source.windows).hasSize(1);
        endLease();
        HeldPass next = acquire(key, "third").orElseThrow();
        assertThat(next.cursor()).isEmpty();
        assertThat(next.window()).isPresent();
    }

    @Test
    void aPassIsRequestedOnceAtATime() {
        CollectionRepository.Key key = register(CollectionPass.REQUESTED);
        var window = new UsageSource.Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        HeldPass held = acquire(key, "other").orElseThrow();
        assertThat(progress(key).state()).isEqualTo(CollectionState.RUNNING);
        assertThat(agency.send("POST", "usage/collect/retell", agency.token()).status())
                .isEqualTo(200);
        assertThat(agency.get("audit?action=usage.collected").path("items")).isEmpty();
        assertThat(tenancy.inTenant(agency.tenant, () -> collections.request(key, window)))
                .isFalse();

        tenancy.inTenant(agency.tenant, () -> collections.fail(held, "Not now.", LEASE, LEASE));

        assertThat(progress(key).state()).isEqualTo(CollectionState.UNAVAILABLE);
        assertThat(tenancy.inTenant(agency.tenant, () -> collections.request(key, window)))
                .isTrue();
        assertThat(progress(key).state()).isEqualTo(CollectionState.RUNNING);
    }

    @Test
    void aProviderWithoutAConnectionIsNotCollectedFrom() {
        assertThat(agency.send("POST", "usage/collect/twilio", agency.token()).status())
                .isEqualTo(404);
    }
}
