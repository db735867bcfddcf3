package dev.patchbay.usage.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.usage.UsageFixture;
import dev.patchbay.usage.spi.UsageSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People learn of usage that is not collected or belongs to nobody, once a day. */
@PatchbayTest
class UsageNoticesTests {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private CollectionRepository collections;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private UsageFixture agency;

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "front", "back");
        agency.putClient("north", "UTC");
        agency.map("front", "north");
    }

    private List<String> storedTopics() {
        return tenancy.inTenant(
                agency.tenant,
                () -> jdbc.sql("SELECT topic FROM patchbay.notice WHERE tenant_id = :tenant ORDER BY 1")
                        .param("tenant", agency.tenant.value())
                        .query(String.class)
                        .list());
    }

    private void letFail(Duration ago) {
        tenancy.inTenant(
                agency.tenant,
                () -> jdbc.sql("""
                        UPDATE patchbay.usage_collection
                        SET failing_since = clock_timestamp() - :ago * interval '1 second' WHERE tenant_id = :tenant""")
                        .param("ago", ago.toSeconds())
                        .param("tenant", agency.tenant.value())
                        .update());
    }

    private void collectWithFault() {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "retell")
                        .put("operation", "calls.list")
                        .put("fault", "500"));
        assertThat(agency.collect(Instant.now().minusSeconds(60)).path("state").asString())
                .isEqualTo("unavailable");
    }

    @Test
    void moreThanOneCallInAHundredWithoutAClientIsToldOnceADay() {
        Instant recently = Instant.now().minus(Duration.ofDays(2));
        agency.call("front", recently, 60);
        agency.collect(recently.minusSeconds(60));
        assertThat(storedTopics()).isEmpty();
        agency.call("back", recently, 60);

        agency.collect(recently.minusSeconds(60));
        agency.collect(recently.minusSeconds(60));

        assertThat(storedTopics()).containsExactly(NoticeTopic.USAGE_UNATTRIBUTED.label());
    }

    @Test
    void aProviderThatFailsForLongIsToldAndOneThatFailsOnceIsNot() {
        collectWithFault();
        assertThat(storedTopics()).isEmpty();
        letFail(Duration.ofMinutes(29));
        collectWithFault();
        assertThat(storedTopics()).isEmpty();
        letFail(Duration.ofMinutes(31));
        collectWithFault();
        collectWithFault();

        assertThat(storedTopics()).containsExactly(NoticeTopic.USAGE_COLLECTION_FAILING.label());
        assertThat(agency.collect(Instant.now().minusSeconds(60)).path("state").asString())
                .isEqualTo("done");
        collectWithFault();
        assertThat(storedTopics()).hasSize(1);
    }

    @Test
    void aFailureOfAPassThatAnotherProcessTookOverIsNotCounted() {
        var key = new CollectionRepository.Key(agency.tenant, UsageFixture.RETELL, CollectionPass.REQUESTED, "empty");
        boolean failing = tenancy.inTenant(agency.tenant, () -> {
            collections.register(key);
            var held = new CollectionRepository.HeldPass(
                    key, "nobody", Optional.<UsageSource.Window>empty(), Optional.empty(), null);
            return collections.fail(held, "Not now.", Duration.ZERO, Duration.ZERO);
        });
        assertThat(failing).isFalse();
    }

    @Test
    void noticesOfUsageReachThoseWhoMayCollect() {
        for (NoticeTopic topic : List.of(
                NoticeTopic.USAGE_UNATTRIBUTED,
                NoticeTopic.USAGE_COLLECTION_FAILING,
                NoticeTopic.USAGE_CANARY_MISSED)) {
            assertThat(topic.readers().toString()).isEqualTo("collect:usage");
        }
    }
}
