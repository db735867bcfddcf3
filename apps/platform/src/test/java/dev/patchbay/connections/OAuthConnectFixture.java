package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.People;
import dev.patchbay.iam.signin.Sessions;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
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

/** An agency of its own whose administrator is signed in, and accounts at the sandbox that nobody connected yet. */
abstract class OAuthConnectFixture {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Autowired
    People people;

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
    String admin = "";
    Browser browser = new Browser();

    @BeforeEach
    void anAdministratorAndAccounts() {
        tenant = people.tenant();
        admin = people.user(tenant, "Ada");
        people.give(tenant, admin, "tenant-admin", Optional.empty());
        browser = signedIn(admin);
        var accounts = Json.object();
        var google =
                accounts.putObject("google").put("clientId", "google-demo").put("clientSecret", "known-to-everybody");
        google.putArray("redirectUris").add(address("/connect/google/callback"));
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
        // What the demo's app was told stays: its webhooks go on.
        highLevel.put(
                "webhookUrl",
                TestEnvironment.dev().at("/connections/highlevel/ingressUrl").asString());
        highLevel.put(
                "webhookPrivateKey",
                TestEnvironment.dev().at("/connections/highlevel/secret").asString());
        highLevel.putArray("redirectUris").add(address("/connect/highlevel/callback"));
        var locations = highLevel.putArray("locations");
        for (String id : new String[] {loop, park}) {
            locations.addObject().put("id", id).put("name", "Location " + id);
        }
        put(accounts);
    }

    static void put(JsonNode accounts) {
        var answer = TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        assertThat(answer.status()).isEqualTo(204);
    }

    static String address(String path) {
        return "http://127.0.0.1:" + TestEnvironment.PORT + path;
    }

    Browser signedIn(String user) {
        var session = sessions.open(tenant, user, new Sessions.Origin("127.0.0.1", "test"));
        return new Browser()
                .keep(Browser.SESSION, session.secret())
                .keep(Browser.CSRF, Secret.derived(session.secret(), "csrf"));
    }

    static JsonNode wish(String provider, String name) {
        return Json.object().put("provider", provider).put("name", name);
    }

    static JsonNode again(String connectionId) {
        return Json.object().put("connectionId", connectionId);
    }

    /** The address at which the browser goes on. */
    String begun(JsonNode wish) {
        var answer = browser.send("POST", "/api/v1/connections/oauth", wish);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("startUrl").asString();
    }

    /** The provider's page, with what its owner chose there. */
    String page(JsonNode wish, String choice) {
        var answer = browser.get(begun(wish));
        assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        return answer.location() + "&" + choice;
    }

    /** Where the provider sends the browser back to. */
    String callback(JsonNode wish, String choice) {
        return browser.get(page(wish, choice)).location();
    }

    /** Goes all the way; the id of what is connected then. */
    String connected(JsonNode wish, String choice) {
        var end = browser.get(callback(wish, choice));
        assertThat(end.status()).as(end.text()).isEqualTo(302);
        assertThat(end.location()).startsWith(address("/?connected=con_"));
        return end.location().substring(end.location().indexOf("con_"));
    }

    String refusal(String address) {
        var answer = browser.get(address);
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.json().path("code").asString()).isEqualTo("403.consent_refused");
        return answer.json().path("detail").asString();
    }

    JsonNode connection(String id) {
        return browser.get("/api/v1/connections/" + id).json();
    }

    JsonNode all() {
        return browser.get("/api/v1/connections").json().path("items");
    }

    /** With a grant that somebody typed in. */
    void entered(String id, String provider, JsonNode settings, Map<String, String> secrets) {
        connections.register(
                tenant,
                new NewConnection(
                        id,
                        provider,
                        "Entered",
                        URI.create(TestEnvironment.SANDBOX.address() + "/" + provider),
                        settings,
                        secrets,
                        Optional.empty()));
    }

    static void fault(String provider, String operation, String kind) {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", provider)
                        .put("operation", operation)
                        .put("fault", kind)
                        .put("times", 1));
    }
}
