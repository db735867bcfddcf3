package dev.patchbay.livecalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.WebhookSigner;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The language of a client and its bindings decide what its agent can say. */
@PatchbayTest
class ClientSettingsCallTests {

    private static final TenantId TENANT = new TenantId("tnt_call_settings");
    private static final ConnectionId RETELL = new ConnectionId("con_call_settings_retell");
    private static final ConnectionId GOOGLE = new ConnectionId("con_call_settings_google");
    private static final String API_KEY = "key_call_settings";
    private static final String INGRESS_KEY = "call-settings";

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @Autowired
    private Connections connections;

    private final LiveCallFixture fixture = LiveCallFixture.begin();

    @BeforeEach
    void connectAccounts() {
        tenants.save(TENANT, "Call settings");
        putGoogleAccount();
        connections.register(TENANT, account(RETELL, "retell", Map.of("api_key", API_KEY), Optional.of(INGRESS_KEY)));
        var secrets = Map.of("client_id", "g_call", "client_secret", "g_secret", "refresh_token", "g_refresh");
        connections.register(TENANT, account(GOOGLE, "google", secrets, Optional.empty()));
    }

    private static void putGoogleAccount() {
        var accounts = Json.object();
        var owner = accounts.putObject("google")
                .put("clientId", "g_call")
                .put("clientSecret", "g_secret")
                .putArray("accounts")
                .addObject()
                .put("refreshToken", "g_refresh")
                .put("email", "owner@call.example");
        owner.putArray("calendars").addObject().put("id", "mitte@call.example").put("timeZone", "America/Chicago");
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(BodyPublishers.ofString(Json.write(accounts))));
    }

    private static NewConnection account(
            ConnectionId id, String provider, Map<String, String> secrets, Optional<String> ingressKey) {
        URI base = URI.create(TestEnvironment.SANDBOX.address() + "/" + provider);
        return new NewConnection(id, provider, provider, base, Json.object(), secrets, ingressKey);
    }

    private ClientId addClient(String name, JsonNode settings) {
        var id = new ClientId("cli_call_" + name);
        clients.put(TENANT, new Client(id, name, LiveCallFixture.CHICAGO, settings));
        connections.mapRoute(TENANT, RETELL, "agent", "agent_call_" + name, id);
        return id;
    }

    private JsonNode ask(String function, String client, JsonNode arguments) {
        String body = Json.write(LiveCallClient.asking(
                fixture.call(), "agent_call_" + client, "+14155550706", "+13125550197", arguments));
        URI address = URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/retell/" + INGRESS_KEY
                + "/functions/" + function);
        return TestEnvironment.send(TestEnvironment.request(address)
                        .header("Content-Type", "application/json")
                        .header("x-retell-signature", WebhookSigner.retell(API_KEY, body, Instant.now()))
                        .POST(BodyPublishers.ofString(body)))
                .body();
    }

    @Test
    void aGermanClientsAgentSpeaksGerman() {
        ClientId mitte = addClient("mitte", Json.object().put("country", "DE"));
        var settings = Json.object().put("calendarId", "mitte@call.example");
        connections.bind(TenantScope.of(TENANT, mitte), "calendar", GOOGLE, settings);

        JsonNode answer = ask("calendar.book", "mitte", LiveCallFixture.at(fixture.monday()));

        assertThat(answer.path("say").asString())
                .startsWith("Ihr Termin ist gebucht: Montag, ")
                .endsWith(" um 10:00 Uhr.");
        assertThat(answer.at("/result/startLocal").asString())
                .startsWith("Mo., ")
                .endsWith(", 10:00 Uhr");
        assertThat(fixture.events().getFirst().path("summary").asString()).isEqualTo("Termin");
    }

    @Test
    void aClientWithoutACalendarTakesAMessage() {
        addClient("bare", Json.object());

        assertThat(ask("calendar.findSlots", "bare", Json.object()).path("say").asString())
                .contains("May I take a message?");
    }
}
