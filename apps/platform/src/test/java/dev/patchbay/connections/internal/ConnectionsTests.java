package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.time.ZoneId;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class ConnectionsTests {

    private static final TenantId ACME = new TenantId("tnt_connections");
    private static final ClientId NORTH = new ClientId("cli_north");

    @Autowired
    private Connections connections;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @BeforeEach
    void createTenantAndClient() {
        tenants.save(ACME, "Acme");
        clients.put(ACME, new Client(NORTH, "North", ZoneId.of("UTC"), Json.object()));
    }

    private static NewConnection twilio(String id, String url, String token, String ingressKey) {
        return new NewConnection(
                new ConnectionId(id),
                "twilio",
                "Twilio",
                URI.create(url),
                Json.object().put("accountSid", "AC1"),
                Map.of("auth_token", token),
                Optional.of(ingressKey));
    }

    @Test
    void loadsARegisteredConnection() {
        connections.register(ACME, twilio("con_open", "http://127.0.0.1:1", "first", "ing_open"));
        var account = connections.load(ACME, new ConnectionId("con_open"));
        assertThat(account.secret("auth_token")).isEqualTo("first");
        assertThat(account.settings().path("accountSid").asString()).isEqualTo("AC1");
        assertThatThrownBy(() -> account.secret("other")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> connections.load(ACME, new ConnectionId("con_none")))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void registeringAgainChangesTheConnectionAndKeepsItsSecrets() {
        connections.register(ACME, twilio("con_again", "http://127.0.0.1:1", "first", "ing_again"));
        connections.load(ACME, new ConnectionId("con_again"));
        connections.register(ACME, twilio("con_again", "http://127.0.0.1:2", "second", "ing_again"));
        var account = connections.load(ACME, new ConnectionId("con_again"));
        assertThat(account.baseUrl()).hasPort(2);
        assertThat(account.secret("auth_token")).isEqualTo("first");
    }

    @Test
    void findsTheConnectionBehindAWebhookAddress() {
        connections.register(ACME, twilio("con_ingress", "http://127.0.0.1:1", "t", "ing_key"));
        var endpoint = new WebhookEndpoint(ACME, new ConnectionId("con_ingress"));
        assertThat(connections.findWebhookEndpoint("twilio", "ing_key")).contains(endpoint);
        assertThat(connections.findWebhookEndpoint("twilio", "ing_key")).contains(endpoint);
        assertThat(connections.findWebhookEndpoint("retell", "ing_key")).isEmpty();
        assertThat(connections.findWebhookEndpoint("twilio", "guess")).isEmpty();
    }

    @Test
    void prefersTheClientsBindingToTheTenants() {
        connections.register(ACME, twilio("con_tenant", "http://127.0.0.1:1", "t", "ing_tenant"));
        connections.register(ACME, twilio("con_client", "http://127.0.0.1:1", "t", "ing_client"));
        connections.bind(TenantScope.of(ACME), "messaging", new ConnectionId("con_tenant"), Json.object());
        connections.bind(
                TenantScope.of(ACME, NORTH),
                "messaging",
                new ConnectionId("con_client"),
                Json.object().put("from", "+1"));
        var own =
                connections.findBound(TenantScope.of(ACME, NORTH), "messaging").orElseThrow();
        assertThat(own.account().connectionId()).isEqualTo(new ConnectionId("con_client"));
        assertThat(own.settings().path("from").asString()).isEqualTo("+1");
        var other = connections.findBound(TenantScope.of(ACME, new ClientId("cli_other")), "messaging");
        assertThat(other.orElseThrow().account().connectionId()).isEqualTo(new ConnectionId("con_tenant"));
        assertThat(connections.findBound(TenantScope.of(ACME, NORTH), "fax")).isEmpty();
    }

    @Test
    void anUnhealthyConnectionIsUnusableUntilItIsReconnected() {
        connections.register(ACME, twilio("con_ill", "http://127.0.0.1:1", "old", "ing_ill"));
        connections.bind(TenantScope.of(ACME), "crm", new ConnectionId("con_ill"), Json.object());
        connections.markUnhealthy(ACME, new ConnectionId("con_ill"), "The account was closed.");
        assertThatThrownBy(() -> connections.findBound(TenantScope.of(ACME), "crm"))
                .isInstanceOf(ReconnectRequired.class)
                .hasMessage("The account was closed.");
        connections.reconnect(ACME, new ConnectionId("con_ill"), Map.of("auth_token", "new"));
        assertThat(connections
                        .findBound(TenantScope.of(ACME), "crm")
                        .orElseThrow()
                        .account()
                        .secret("auth_token"))
                .isEqualTo("new");
    }

    @Test
    void rejectedCredentialsThatCannotBeRefreshedRequireAPerson() {
        connections.register(ACME, twilio("con_rejected", "http://127.0.0.1:1", "old", "ing_rejected"));
        connections.bind(TenantScope.of(ACME), "voice", new ConnectionId("con_rejected"), Json.object());
        assertThatThrownBy(() -> connections.refreshToken(ACME, new ConnectionId("con_rejected"), "old"))
                .isInstanceOf(ReconnectRequired.class);
        assertThatThrownBy(() -> connections.findBound(TenantScope.of(ACME), "voice"))
                .hasMessageContaining("enter them again");
    }

    @Test
    void findsTheClientOfAMappedRoute() {
        connections.register(ACME, twilio("con_route", "http://127.0.0.1:1", "t", "ing_route"));
        connections.mapRoute(ACME, new ConnectionId("con_route"), "agent", "agent_1", NORTH);
        assertThat(connections.findRoutedClient(ACME, new ConnectionId("con_route"), "agent", "agent_1"))
                .contains(NORTH);
        assertThat(connections.findRoutedClient(ACME, new ConnectionId("con_route"), "agent", "agent_2"))
                .isEmpty();
    }

    @Test
    void theTextFormContainsNoSecret() {
        assertThat(twilio("con_text", "http://127.0.0.1:1", "hunter2", "ing_text"))
                .hasToString("NewConnection[twilio con_text]");
    }
}
