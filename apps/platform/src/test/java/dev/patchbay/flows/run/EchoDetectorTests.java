package dev.patchbay.flows.run;

import static dev.patchbay.flows.run.Echoes.contactEvent;
import static dev.patchbay.flows.run.Echoes.flow;
import static dev.patchbay.flows.run.Echoes.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.internal.ledger.ClaimResult;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.flows.spi.EffectOwner;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
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

/** Echoes of our own effects start only flows that ask for them, and loops of flows are stopped. */
@PatchbayTest
class EchoDetectorTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Autowired
    private EchoDetector echoes;

    @Autowired
    private EchoRepository echoRepository;

    @Autowired
    private List<EffectOwner> owners;

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
    void anEchoStartsOnlyAFlowThatAsksForEchoes() {
        var caller = PhoneCalls.newCaller();
        String lastName = caller.path("lastName").asString();
        String outsideOnly = flow("outside-" + lastName, "crm.contact.created", "", lastName, "set: { heard: true }");
        String any = flow("any-" + lastName, "crm.contact.created", "origin: any, ", lastName, "set: { heard: true }");

        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));

        JsonNode event = contactEvent(run.at("/steps/0/output/id").asString());
        assertThat(event.at("/causedBy/origin")).isEqualTo(run.path("id"));
        assertThat(event.at("/causedBy/depth").asInt()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> countRuns(any, event) == 1);
        assertThat(countRuns(outsideOnly, event)).isZero();
    }

    @Test
    void aContactWrittenByAPersonStartsTheFlow() {
        String lastName = "Walkin" + UUID.randomUUID();
        String flow = flow("walkin-" + lastName, "crm.contact.created", "", lastName, "set: { heard: true }");
        String id = "contact_" + UUID.randomUUID();
        Echoes.contactCreated(id, lastName);

        JsonNode event = contactEvent(id);

        assertThat(event.has("causedBy")).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(() -> countRuns(flow, event) == 1);
    }

    @Test
    void theStatusOfATextNamesTheRunThatSentIt() {
        JsonNode run = PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
        String message = run.at("/steps/2/output/id").asString();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(items("subject=" + message))
                        .isNotEmpty()
                        .allSatisfy(event -> {
                            assertThat(event.at("/causedBy/origin")).isEqualTo(run.path("id"));
                        }));
    }

    @Test
    void aLoopOfFlowsIsStoppedAtDepthFive() {
        var caller = PhoneCalls.newCaller();
        String lastName = caller.path("lastName").asString();
        String loop = flow("loop-" + lastName, "crm.contact.updated", "origin: any, ", lastName, """
                call: crm.upsertContact
                      with: { phone: "${ $event.contact.phone }", firstName: '${ ($event.contact.firstName // "") + "x" }', overwrite: true }""");
        String start = flow("start-" + lastName, "crm.contact.created", "origin: any, ", lastName, """
                call: crm.upsertContact
                      with: { phone: "${ $event.contact.phone }", firstName: '${ ($event.contact.firstName // "") + "x" }', overwrite: true }""");

        PhoneCalls.ended(PhoneCalls.place(caller));

        await().atMost(Duration.ofSeconds(60)).until(() -> depths(loop), depths -> depths.contains(5) && loops() > 0);
        // A provider may report one change more than once, so a depth may come twice; none comes after five.
        assertThat(depths(start)).containsOnly(1);
        assertThat(depths(loop)).contains(2, 3, 4, 5).allMatch(depth -> depth <= 5);
        assertThat(items("phone=" + caller.path("from").asString()))
                .anySatisfy(
                        event -> assertThat(event.at("/causedBy/depth").asInt()).isEqualTo(6));
    }

    @Test
    void anEventWaitsForAnEffectThatMayHaveCausedIt() {
        JsonNode run = PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
        var client = new ClientId(run.path("clientId").asString());
        var claim = (ClaimResult.Send) claim(run.path("id").asString(), "crm.upsertContact");
        String contact = "contact_" + UUID.randomUUID();
        var event = event("crm.contact.created", contact, Json.object(), client, Instant.now());

        assertThatThrownBy(() -> echoes.findCause(event, client)).isInstanceOf(EventConsumer.Busy.class);
        assertThat(echoes.findCause(event, new ClientId("another"))).isEmpty();
        var text = event("crm.message.sent", contact, Json.object(), client, Instant.now());
        assertThat(echoes.findCause(text, client)).isEmpty();
        var before = event(
                "crm.contact.created",
                contact,
                Json.object(),
                client,
                Instant.now().minus(MINUTE));
        assertThat(echoes.findCause(before, client)).isEmpty();
        var impatient = new EchoDetector(
                effects,
                echoRepository,
                owners,
                tenancy,
                events,
                new EchoSettings(MINUTE, MINUTE, MINUTE),
                Clock.fixed(Instant.now().plus(MINUTE).plus(MINUTE), ZoneOffset.UTC));
        assertThat(impatient.findCause(event, client)).isEmpty();

        ledger.markDone(claim.claim(), Json.object().put("id", contact), List.of(contact), false);

        assertThat(echoes.findCause(event, client))
                .contains(new Event.Cause(run.path("id").asString(), 1));
        var late = event(
                "crm.contact.created",
                contact,
                Json.object(),
                client,
                Instant.now().plusSeconds(3600));
        assertThat(echoes.findCause(late, client)).isEmpty();
    }

    @Test
    void echoesOfAppointmentsBookedDuringACallAreDetected() {
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

        assertThat(echoes.findCause(created, client)).contains(new Event.Cause(origin, 1));
        assertThat(echoes.findCause(updated, client)).contains(new Event.Cause(origin, 1));
        assertThat(echoes.findCause(deleted, client)).isEmpty();
    }

    /** Claims an effect of the run, as another of its steps would. */
    private ClaimResult claim(String origin, String function) {
        var key = new EffectKey(TENANT, EffectOrigin.of(origin), "another" + UUID.randomUUID(), 0);
        return ledger.claim(key, function, Hashing.sha256(Hashing.utf8(function)), MINUTE, MINUTE);
    }

    private static Event event(String type, String subject, JsonNode data, ClientId client, Instant receivedAt) {
        return new Event(
                new EventId("evt_none"),
                TENANT,
                Optional.of(client),
                new ConnectionId("con_highlevel"),
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
                EventStatus.CLAIMED,
                Optional.empty());
    }

    private long countRuns(String flow, JsonNode event) {
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
                        SELECT cause_depth FROM patchbay.run WHERE tenant_id = :tenant AND flow_id = :flow ORDER BY cause_depth""")
                        .param("tenant", TENANT.value())
                        .param("flow", flow)
                        .query(Integer.class)
                        .list());
    }

    private double loops() {
        var counter = meters.find("flow.loops").counter();
        return counter == null ? 0 : counter.count();
    }
}
