package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An agency of its own with a signed-in administrator, and accounts at the sandbox that are not connected yet. */
abstract class OAuthConnectFixture {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Autowired
    PeopleFixture people;

    @Autowired
    Sessions sessions;

    @Autowired
    Connections connections;

    @Autowired
    Tenancy tenancy;

    @Autowired
    JdbcClient jdbc;

    final int number = NUMBERS.getAndIncrement();
    final String ann = "ann" + number + "@consent.example";
    final String bob = "bob" + number + "@consent.example";
    final String loop = "loc_consent_loop" + number;
    final String park = "loc_consent_park" + number;

    TenantId tenant = new TenantId("tnt_unset");
    UserId admin = new UserId("usr_unset");
    Browser browser = new Browser();

    @BeforeEach
    void createAdministratorAndAccounts() {
        tenant = people.createTenant();
        admin = people.createUser(tenant, "Ada");
        people.assign(tenant, admin, "tenant-admin", Optional.empty());
        browser = signedIn(admin);
        var accounts = Json.object();
        var google =
                accounts.putObject("google").put("clientId", "google-demo").put("clientSecret", "known-to-everybody");
        google.putArray("redirectUris").add(appUrl("/connect/google/callback"));
        var owners = google.putArray("accounts");
        for (String email : new String[] {ann, bob}) {
            owners.addObject()
                    .put("email", email)
                    .putArray("calendars")
                    .addObject()
                    .put("id", email);
        }
        var highLevel = accounts.putObject("highlevel")
                .put("clientId", "highlevel-demo")
                .put("clientSecret", "known-to-everybody");
        // The sandbox replaces the whole app, so its webhook settings are sent along for the demo's sake.
        highLevel.put(
                "webhookUrl",
                TestEnvironment.dev().at("/connections/highlevel/ingressUrl").asString());
        highLevel.put(
                "webhookPrivateKey",
                TestEnvironment.dev().at("/connections/highlevel/secret").asString());
        highLevel.putArray("redirectUris").add(appUrl("/connect/highlevel/callback"));
        var locations = highLevel.putArray("locations");
        for (String id : new String[] {loop, park}) {
            locations.addObject().put("id", id).put("name", "Location " + id);
        }
        putAccounts(accounts);
    }

    static void putAccounts(JsonNode accounts) {
        var answer = TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        assertThat(answer.status()).isEqualTo(204);
    }

    static String appUrl(String path) {
        return "http://127.0.0.1:" + TestEnvironment.PORT + path;
    }

    Browser signedIn(UserId user) {
        var session = sessions.open(tenant, user, new SessionOrigin("127.0.0.1", "test"));
        return new Browser()
                .keep(Browser.SESSION, session.secret())
                .keep(Browser.CSRF, Secret.derive(session.secret(), "csrf"));
    }

    static JsonNode connectRequest(String provider, String name) {
        return Json.object().put("provider", provider).put("name", name);
    }

    static JsonNode reconnectRequest(String connectionId) {
        return Json.object().put("connectionId", connectionId);
    }

    /** The link that the browser opens to continue. */
    String startUrl(JsonNode request) {
        var answer = browser.send("POST", "/api/v1/connections/oauth", request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("startUrl").asString();
    }

    /** The provider's authorization page, with the owner's choice. */
    String authorizationPage(JsonNode request, String choice) {
        var answer = browser.get(startUrl(request));
        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        return answer.location() + "&" + choice;
    }

    /** The callback to which the provider redirects the browser. */
    String callback(JsonNode request, String choice) {
        return browser.get(authorizationPage(request, choice)).location();
    }

    /** Completes every step; returns the connection's id. */
    String connect(JsonNode request, String choice) {
        var end = browser.get(callback(request, choice));
        assertThat(end.status()).as(end.text()).isEqualTo(302);
        assertThat(end.location()).startsWith(appUrl("/?connected=con_"));
        return end.location().substring(end.location().indexOf("con_"));
    }

    String refusedDetail(String address) {
        var answer = browser.get(address);
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.json().path("code").asString()).isEqualTo("403.consent_refused");
        return answer.json().path("detail").asString();
    }

    JsonNode connection(String id) {
        return browser.get("/api/v1/connections/" + id).json();
    }

    JsonNode listConnections() {
        return browser.get("/api/v1/connections").json().path("items");
    }

    /** Registers a connection with credentials entered by hand. */
    void register(String id, String provider, JsonNode settings, Map<String, String> secrets) {
        connections.register(
                tenant,
                new NewConnection(
                        new ConnectionId(id),
                        provider,
                        "Entered",
                        URI.create(TestEnvironment.SANDBOX.address() + "/" + provider),
                        settings,
                        secrets,
                        Optional.empty()));
    }

    static void injectFault(String provider, String operation, String kind) {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", provider)
                        .put("operation", operation)
                        .put("fault", kind)
                        .put("times", 1));
    }
}
