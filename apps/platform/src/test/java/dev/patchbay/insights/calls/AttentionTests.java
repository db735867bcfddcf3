package dev.patchbay.insights.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What needs a person, with the one action that mends it. */
@PatchbayTest
class AttentionTests {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    @Autowired
    private PeopleFixture people;

    @Autowired
    private CallFactsFixture facts;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private TenantId tenant = new TenantId("tnt_unset");
    private ClientId client = new ClientId("cli_unset");
    private String admin = "";

    @BeforeEach
    void createTenant() {
        tenant = people.createTenant();
        client = people.createClient(tenant, "North");
        admin = people.issueToken(tenant, Optional.empty(), "*:*");
        facts.addFlow(tenant);
    }

    private static JsonNode attention(String token, String query) {
        var reply = TestEnvironment.get("/api/v1/attention" + query, token);
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return reply.body();
    }

    private static List<String> kinds(JsonNode summary) {
        return summary.path("lines")
                .valueStream()
                .map(line ->
                        line.path("kind").asString() + " " + line.path("count").asInt() + " "
                                + line.at("/action/operation").asString())
                .toList();
    }

    private void park(String callId, String reason) {
        facts.addEvent(tenant, client, callId, "voice.call.analyzed", "{}", NOW);
        var run = facts.addRun(tenant, client, callId, NOW);
        facts.setStatus(tenant, callId, run, "parked", reason);
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.run SET ended_at = now() WHERE tenant_id = :tenant")
                        .param("tenant", tenant.value())
                        .update());
    }

    private void addConnection(String id, String state) {
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.connection (tenant_id, connection_id, provider, name, base_url, settings, state, state_since, unhealthy)
                        VALUES (:tenant, :id, 'twilio', 'Texts', 'https://api.twilio.com', '{}', :state, now(),
                          CASE WHEN :state <> 'READY' THEN 'Enter the key again.' END)""")
                        .param("tenant", tenant.value())
                        .param("id", id)
                        .param("state", state)
                        .update());
    }

    @Test
    void aHealthyTenantNeedsNobody() {
        assertThat(attention(admin, "").path("lines")).isEmpty();
        assertThat(attention(admin, "").path("counts")).isEmpty();
    }

    @Test
    void eachLineNamesTheOneActionThatMendsIt() {
        park("call_1", "no_slot");
        park("call_2", "no_slot");
        park("call_3", "unknown_outcome");
        tenancy.inTenant(
                tenant, () -> jdbc.sql("""
                        INSERT INTO patchbay.event_route (tenant_id, event_id, connection_id, kind, external_id)
                        VALUES (:tenant, 'evt_1', 'con_1', 'agent', 'agent_9')""").param("tenant", tenant.value()).update());
        addConnection("con_bad", "UNHEALTHY");
        addConnection("con_new", "NEEDS_SECRET");
        addConnection("con_ok", "READY");

        var summary = attention(admin, "");

        assertThat(kinds(summary))
                .containsExactly(
                        "connection_unhealthy 1 reconnect",
                        "connection_unhealthy 1 reconnect",
                        "dead_letters 2 replay",
                        "dead_letters 1 replay",
                        "question 1 review",
                        "call_backs 3 call_back",
                        "unattributed 1 map");
        assertThat(summary.at("/counts/dead_letters").asInt()).isEqualTo(3);
        assertThat(summary.at("/lines/2/action/body/reason").asString()).isEqualTo("no_slot");
        assertThat(summary.at("/lines/0/severity").asString()).isEqualTo("bad");
        assertThat(summary.at("/lines/1/severity").asString()).isEqualTo("warning");
        assertThat(kinds(attention(admin, "?client=" + client)))
                .containsExactly(
                        "dead_letters 2 replay",
                        "dead_letters 1 replay",
                        "question 1 review",
                        "call_backs 3 call_back");
        assertThat(attention(admin, "?client=" + client)
                        .at("/lines/0/action/body/client")
                        .asString())
                .isEqualTo(client.value());
        assertThat(attention(admin, "?client=cli_none").path("lines")).isEmpty();
    }

    @Test
    void aClientsPersonSeesItsCallsOnly() {
        park("call_1", "no_slot");
        addConnection("con_bad", "UNHEALTHY");
        String person = people.issueToken(tenant, Optional.of(client), "read:runs", "read:flows", "read:connections");

        assertThat(kinds(attention(person, ""))).containsExactly("call_backs 1 call_back");
    }
}
