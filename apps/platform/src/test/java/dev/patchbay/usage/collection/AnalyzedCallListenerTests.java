package dev.patchbay.usage.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.usage.UsageFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A call that was analyzed brings the next pass forward, and nothing else does. */
@PatchbayTest
class AnalyzedCallListenerTests {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private CollectionRepository collections;

    @Autowired
    private AnalyzedCallListener listener;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private UsageFixture agency;

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "front");
        for (CollectionPass pass : CollectionPass.values()) {
            var key = new CollectionRepository.Key(agency.tenant, UsageFixture.RETELL, pass, "empty");
            tenancy.inTenant(agency.tenant, () -> collections.register(key));
        }
    }

    private Event event(String type) {
        return new Event(
                new EventId("evt_" + agency.mark),
                agency.tenant,
                Optional.empty(),
                UsageFixture.RETELL,
                type,
                "/connections/con_usage",
                "call_1",
                Instant.now(),
                new CorrelationId("cor_" + agency.mark),
                Optional.empty(),
                Json.object(),
                Optional.empty(),
                Event.Origin.WEBHOOK,
                Instant.now(),
                EventStatus.DONE,
                Optional.empty());
    }

    private void postpone(CollectionPass pass, Duration by) {
        tenancy.inTenant(
                agency.tenant,
                () -> jdbc.sql("""
                        UPDATE patchbay.usage_collection SET due_at = clock_timestamp() + :by * interval '1 second'
                        WHERE tenant_id = :tenant AND pass = :pass""")
                        .param("by", by.toSeconds())
                        .param("tenant", agency.tenant.value())
                        .param("pass", pass.wireName())
                        .update());
    }

    private double secondsUntilDue(CollectionPass pass) {
        return tenancy.inTenant(
                agency.tenant,
                () -> jdbc.sql("""
                        SELECT extract(epoch FROM due_at - clock_timestamp())::float8 FROM patchbay.usage_collection
                        WHERE tenant_id = :tenant AND pass = :pass""")
                        .param("tenant", agency.tenant.value())
                        .param("pass", pass.wireName())
                        .query(Double.class)
                        .single());
    }

    @Test
    void anAnalyzedCallIsCollectedWithinTenSeconds() {
        postpone(CollectionPass.LATEST, Duration.ofMinutes(5));
        postpone(CollectionPass.RECENT, Duration.ofMinutes(5));
        listener.consume(event("voice.call.ended"));
        assertThat(secondsUntilDue(CollectionPass.LATEST)).isCloseTo(300, within(5.0));

        listener.consume(event("voice.call.analyzed"));

        assertThat(secondsUntilDue(CollectionPass.LATEST)).isCloseTo(10, within(5.0));
        assertThat(secondsUntilDue(CollectionPass.RECENT)).isCloseTo(300, within(5.0));
    }

    @Test
    void aPassThatIsDueSoonerIsNotPutOff() {
        postpone(CollectionPass.LATEST, Duration.ofMinutes(-1));

        listener.consume(event("voice.call.analyzed"));

        assertThat(secondsUntilDue(CollectionPass.LATEST)).isNegative();
    }
}
