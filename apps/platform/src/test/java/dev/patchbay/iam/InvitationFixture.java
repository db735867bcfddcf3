package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tenant, and a person with an account at the sandbox's Google who is to be invited. */
abstract class InvitationFixture {

    static final String INVITATIONS = "/api/v1/users/invitations";

    static final Pattern LINK = Pattern.compile("http://\\S+(/sign-in\\?invitation=\\S+)");

    @Autowired
    PeopleFixture people;

    @Autowired
    Tenancy tenancy;

    @Autowired
    JdbcClient jdbc;

    TenantId tenant = new TenantId("tnt_unset");

    ClientId north = new ClientId("cli_unset");

    String admin = "";

    String email = "";

    @BeforeEach
    void createTenant() {
        tenant = people.createTenant();
        north = people.createClient(tenant, "North");
        admin = people.issueToken(tenant, Optional.empty(), "*:*");
        email = Ids.next("ben", Instant.now()).replace('_', '.') + "@example.com";
        Browser.account(email, true);
    }

    ObjectNode invitation(String role, @Nullable String client) {
        var invitation = Json.object().put("email", email).put("name", "Ben <b>Bold</b>");
        invitation.putArray("roles").addObject().put("role", role).put("clientId", client);
        return invitation;
    }

    static TestEnvironment.Reply send(String token, String method, String path, Object body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    TestEnvironment.Reply invite(String token, ObjectNode invitation) {
        return send(token, "POST", INVITATIONS, invitation);
    }

    JsonNode inviteViewer() {
        var response = invite(admin, invitation("client-viewer", north.value()));
        assertThat(response.status()).isEqualTo(201);
        return response.body();
    }

    List<JsonNode> listMails(String to) {
        return TestEnvironment.send(TestEnvironment.request(
                                TestEnvironment.SANDBOX.address().resolve("/_sandbox/mailbox?to=" + to))
                        .GET())
                .body()
                .path("mails")
                .valueStream()
                .toList();
    }

    String readLink(int number) {
        return readLink(email, number);
    }

    String readLink(String to, int number) {
        await().atMost(Duration.ofSeconds(10)).until(() -> listMails(to).size() >= number);
        Matcher found = LINK.matcher(listMails(to).get(number - 1).path("text").asString());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    Set<String> listAuditedActions() {
        return TestEnvironment.get("/api/v1/audit?limit=200", admin)
                .body()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .collect(Collectors.toSet());
    }

    static void assertRefused(Browser.Page page, String why) {
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.json().path("detail").asString()).contains(why);
    }
}
