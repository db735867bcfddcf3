package dev.patchbay.flows.internal.run;

import static dev.patchbay.flows.internal.run.Echoes.contactEvent;
import static dev.patchbay.flows.internal.run.Echoes.flow;
import static dev.patchbay.flows.internal.run.Echoes.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.internal.ledger.ClaimResult;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What our own acts bring about sets off no flow that did not ask for it, and nothing goes round for ever. */
@PatchbayTest
class EchoDetectorTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Autowired
    private EchoDetector own;

    @Autowired
    private Effects effects;

    @Autowired
    private EffectLedger ledger;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Events events;

    @Autowired
    private MeterRegistry meters;

    @Test
    void theContactThatAFlowWritesStartsOnlyAFlowThatAsksForIt() {
        var caller = PhoneCalls.newCaller();
        String lastName = caller.path("lastName").asString();
        String deaf = flow("deaf-" + lastName, "crm.contact.created", "", lastName, "set: { heard: true }");
        String keen =
                flow("keen-" + lastName, "crm.contact.created", "origin: any, ", lastName, "set: { heard: true }");

        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));

        JsonNode event = contactEvent(run.at("/steps/0/output/id").asString());
        assertThat(event.at("/causedBy/runId")).isEqualTo(run.path("id"));
        assertThat(event.at("/causedBy/depth").asInt()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> runsOf(keen, event) == 1);
        assertThat(runsOf(deaf, event)).isZero();
    }

    @Test
    void aContactThatAPersonWritesStartsTheFlow() {
        String lastName = "Walkin" + UUID.randomUUID();
        String flow = flow("walkin-" + lastName, "crm.contact.created", "", lastName, "set: { heard: true }");
        String id = "contact_" + UUID.randomUUID();
        Echoes.contactCreated(id, lastName);

        JsonNode event = contactEvent(id);

        assertThat(event.has("causedBy")).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(() -> runsOf(flow, event) == 1);
    }

    @Test
    void aTextsStatusNamesTheRunThatSentIt() {
        JsonNode run = PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
        String message = run.at("/steps/2/output/id").asString();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(items("subject=" + message))
                        .isNotEmpty()
                        .allSatisfy(event -> {
                            assertThat(event.at("/causedBy/runId")).isEqualTo(run.path("id"));
                        }));
    }

    @Test
    void aRingOfFlowsIsStoppedAtDepthFive() {
        var caller = PhoneCalls.newCaller();
        String lastName = caller.path("lastName").asString();
        String ring = flow("ring-" + lastName, "crm.contact.updated", "origin: any, ", lastName, """
                call: crm.upsertContact
                      with: { phone: "${ $event.contact.phone }", lastName: "${ $event.contact.lastName }", source: ring }""");
        String start = flow("start-" + lastName, "crm.contact.created", "origin: any, ", lastName, """
                call: crm.upsertContact
                      with: { phone: "${ $event.contact.phone }", lastName: "${ $event.contact.lastName }", source: ring }""");

        PhoneCalls.ended(PhoneCalls.place(caller));

        await().atMost(Duration.ofSeconds(60)).until(() -> depths(ring), depths -> depths.contains(5) && rings() > 0);
        // A provider may tell of one change more than once, so a depth may come twice; none comes after five.
        assertThat(depths(start)).containsOnly(1);
        assertThat(depths(ring)).contains(2, 3, 4, 5).allMatch(depth -> depth <= 5);
        assertThat(items("phone=" + caller.path("from").asString()))
                .anySatisfy(
                        event -> assertThat(event.at("/causedBy/depth").asInt()).isEqualTo(6));
    }

    @Test
    void anEventWaitsForAnActThatMayHaveCausedIt() {
        JsonNode run = PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
        var client = new ClientId(run.path("clientId").asString());
        var claim = (ClaimResult.Send) claim(run.path("id").asString(), "crm.upsertContact");
        String contact = "contact_" + UUID.randomUUID();
        var event = event("crm.contact.created", contact, Json.object(), client, Instant.now());

        assertThatThrownBy(() -> own.cause(event, client)).isInstanceOf(EventConsumer.Busy.class);
        assertThat(own.cause(event, new ClientId("another"))).isEmpty();
        var text = event("crm.message.sent", contact, Json.object(), client, Instant.now());
        assertThat(own.cause(text, client)).isEmpty();
        var before = event(
                "crm.contact.created",
                contact,
                Json.object(),
                client,
                Instant.now().minus(MINUTE));
        assertThat(own.cause(before, client)).isEmpty();
        var impatient = new EchoDetector(
                effects,
                jdbc,
                tenancy,
                events,
                new EchoSettings(MINUTE, MINUTE, MINUTE),
                Clock.fixed(Instant.now().plus(MINUTE).plus(MINUTE), ZoneOffset.UTC));
        assertThat(impatient.cause(event, client)).isEmpty();

        ledger.markDone(claim.claim(), Json.object().put("id", contact), List.of(contact), false);

        assertThat(own.cause(event, client))
                .contains(new Event.Cause(run.path("id").asString(), 1));
        var late = event(
                "crm.contact.created",
                contact,
                Json.object(),
                client,
                Instant.now().plusSeconds(3600));
        assertThat(own.cause(late, client)).isEmpty();
    }

    @Test
    void whatAnAppointmentBookedDuringACallBringsAboutIsOursToo() {
        String origin = "live:call_" + UUID.randomUUID();
        var client = new ClientId(TestEnvironment.dev().at("/clients/0/id").asString());
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at)
                        VALUES (:tenant, :origin, 'book', :client, 'calendar.book', '{}', 'cor_test', 'settled', now())""")
                        .param("tenant", TENANT.value())
                        .param("origin", origin)
                        .param("client", client.value())
                        .update());
        var claim = (ClaimResult.Send) claim(origin, "calendar.book");
        String appointment = "appointment_" + UUID.randomUUID();
        ledger.markDone(claim.claim(), Json.object(), List.of(appointment), false);
        var about = Json.object().set("appointment", Json.object().put("id", appointment));
        var created = event("crm.appointment.created", "other", about, client, Instant.now());
        var updated = event("crm.appointment.updated", appointment, about, client, Instant.now());
        var deleted = event("crm.appointment.deleted", appointment, about, client, Instant.now());

        assertThat(own.cause(created, client)).contains(new Event.Cause(origin, 1));
        assertThat(own.cause(updated, client)).contains(new Event.Cause(origin, 1));
        assertThat(own.cause(deleted, client)).isEmpty();
    }

    /** An effect of that run's, as if another of its steps had claimed it. */
    private ClaimResult claim(String origin, String function) {
        var key = new EffectKey(TENANT, EffectOrigin.of(origin), "another" + UUID.randomUUID(), 0);
        return ledger.claim(key, function, Hashing.sha256(Hashing.utf8(function)), MINUTE, MINUTE);
    }

    private static Event event(String type, String subject, JsonNode data, ClientId client, Instant receivedAt) {
        return new Event(
                "evt_none",
                TENANT,
                Optional.of(client),
                "con_highlevel",
                type,
                "/connections/con_highlevel",
                subject,
                receivedAt,
                new CorrelationId(Ids.next("cor", receivedAt)),
                Optional.empty(),
                data,
                Optional.empty(),
                Event.Origin.WEBHOOK,
                receivedAt,
                Event.Status.CLAIMED,
                Optional.empty());
    }

    private long runsOf(String flow, JsonNode event) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        SELECT count(*) FROM patchbay.run
                        WHERE tenant_id = :tenant AND flow_id = :flow AND event_id = :event""")
                        .param("tenant", TENANT.value())
                        .param("flow", flow)
                        .param("event", event.path("id").asString())
                        .query(Long.class)
                        .single());
    }

    private List<Integer> depths(String flow) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        SELECT depth FROM patchbay.run WHERE tenant_id = :tenant AND flow_id = :flow ORDER BY depth""")
                        .param("tenant", TENANT.value())
                        .param("flow", flow)
                        .query(Integer.class)
                        .list());
    }

    private double rings() {
        var counter = meters.find("flow.rings").counter();
        return counter == null ? 0 : counter.count();
    }
}
