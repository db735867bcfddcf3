package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.people.UserState;
import dev.patchbay.iam.sessions.Impersonation;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.signin.ImpersonationRequest;
import dev.patchbay.iam.signin.ImpersonationSessions;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Operators act as users of a tenant: for a stated reason and time, visible to the tenant. */
@PatchbayTest
class ImpersonationTests {

    private static final String IMPERSONATIONS = "/api/v1/impersonations";

    @Autowired
    private PeopleFixture people;

    @Autowired
    private Sessions sessions;

    @Autowired
    private ImpersonationSessions impersonations;

    @Autowired
    private RoleAssignments assignments;

    private TenantId tenant = new TenantId("tnt_unset");
    private UserId user = new UserId("usr_unset");
    private String admin = "";
    private Browser pat = new Browser();

    @BeforeEach
    void createTenantWithAdmin() {
        tenant = people.createTenant();
        user = people.createUser(tenant, "Ada");
        people.assign(tenant, user, "tenant-admin", Optional.empty());
        admin = people.issueToken(tenant, Optional.empty(), "*:*");
        pat = Browser.of("pat@patchbay.example");
    }

    private ObjectNode startRequest() {
        return Json.object()
                .put("tenantId", tenant.value())
                .put("userId", user.value())
                .put("reason", "Ticket 4711: bookings fail")
                .put("minutes", 30);
    }

    private JsonNode startImpersonation() {
        var started = pat.send("POST", IMPERSONATIONS, startRequest());
        assertThat(started.status()).isEqualTo(201);
        return started.json();
    }

    private List<JsonNode> entries(String action) {
        return TestEnvironment.get("/api/v1/audit?limit=200", admin)
                .body()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("action").asString().equals(action))
                .toList();
    }

    @Test
    void impersonationIsShownAndAudited() {
        String operator = pat.me().path("subject").asString();
        String before = pat.cookie(Browser.SESSION);
        var started = startImpersonation();
        assertThat(pat.cookie(Browser.SESSION)).isNotEqualTo(before);
        var me = pat.me();
        assertThat(me.path("subject").asString()).isEqualTo(user.value());
        assertThat(me.at("/impersonation/impersonatorId").asString()).isEqualTo(operator);
        assertThat(me.at("/impersonation/reason").asString()).contains("4711");
        assertThat(me.at("/impersonation/until")).isEqualTo(started.path("until"));

        assertThat(pat.send(
                                "POST",
                                "/api/v1/clients",
                                Json.object().put("name", "N").put("timeZone", "UTC"))
                        .status())
                .isEqualTo(201);
        var entry = entries("client.created").getFirst();
        assertThat(entry.path("actor").asString()).isEqualTo(user.value());
        assertThat(entry.toString()).contains(operator);
        assertThat(entries("impersonation.started")).hasSize(1);
        var listed =
                TestEnvironment.get(IMPERSONATIONS + "?limit=1", admin).body().at("/items/0");
        assertThat(listed.path("reason").asString()).contains("4711");
        assertThat(listed.path("impersonatorId").asString()).isEqualTo(operator);
        assertThat(listed.path("endedAt").isNull()).isTrue();
    }

    @Test
    void impersonationCannotGrantAccessOrEndSessions() {
        var own = sessions.open(tenant, user, new SessionOrigin("127.0.0.1", "Ada's"));
        startImpersonation();
        var token = Json.object().put("name", "more");
        token.putArray("permissions").add("read:runs");
        assertThat(pat.send("POST", "/api/v1/iam/tokens", token).status()).isEqualTo(403);
        assertThat(pat.send("DELETE", "/api/v1/sessions", null).status()).isEqualTo(403);
        assertThat(pat.send("DELETE", "/api/v1/sessions/" + own.session().id(), null)
                        .status())
                .isEqualTo(403);
        assertThat(pat.send("POST", "/api/v1/session/tenant", Json.object().put("tenantId", tenant.value()))
                        .status())
                .isEqualTo(403);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest()).status()).isEqualTo(403);
        assertThat(sessions.authenticate(own.secret())).isPresent();
        assertThat(sessions.list(tenant, user)).hasSize(1);
    }

    @Test
    void impersonationSeesOneTenantAndEndsItselfOnly() {
        tenant = new TenantId("tnt_demo");
        user = new UserId(Browser.of("ada@bright.example").me().path("subject").asString());
        startImpersonation();
        assertThat(pat.me().at("/tenants/0/id").asString()).isEqualTo("tnt_demo");
        assertThat(pat.me().path("tenants")).hasSize(1);
        assertThat(pat.send("DELETE", IMPERSONATIONS + "/ses_another", null).status())
                .isIn(403, 404);
    }

    @Test
    void impersonationEndsWithTheSessionOfTheImpersonator() {
        UserId operator = people.createUser(Tenants.PLATFORM, "Quinn");
        var end = Instant.now().plusSeconds(300).truncatedTo(ChronoUnit.MILLIS);
        var sessionOrigin = new SessionOrigin("127.0.0.1", "test");
        var own = sessions.open(Tenants.PLATFORM, operator, sessionOrigin, null, end);
        var identity = Identity.ofUser(Tenants.PLATFORM, operator, own.session().id(), Optional.empty());
        var impersonationRequest = new ImpersonationRequest(tenant, user, "why", Duration.ofMinutes(30));
        assertThat(impersonations
                        .start(identity, impersonationRequest, sessionOrigin)
                        .session()
                        .absoluteUntil())
                .isEqualTo(end);
    }

    @Test
    void endingImpersonationRestoresTheOwnSession() {
        String operator = pat.me().path("subject").asString();
        String id = startImpersonation().path("id").asString();
        String impersonationSecret = pat.cookie(Browser.SESSION);
        assertThat(pat.send("DELETE", IMPERSONATIONS + "/" + id, null).status()).isEqualTo(204);
        assertThat(pat.me().path("subject").asString()).isEqualTo(operator);
        assertThat(sessions.authenticate(impersonationSecret)).isEmpty();
        assertThat(entries("impersonation.ended")).hasSize(1);
        assertThat(TestEnvironment.get(IMPERSONATIONS, admin)
                        .body()
                        .at("/items/0/endedAt")
                        .isNull())
                .isFalse();
    }

    @Test
    void anExpiredOwnSessionEndsImpersonation() {
        String operator = pat.me().path("subject").asString();
        String id = startImpersonation().path("id").asString();
        sessions.endAll(Tenants.PLATFORM, operator, new UserId(operator));
        assertThat(pat.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(pat.send("DELETE", IMPERSONATIONS + "/" + id, null).status()).isEqualTo(401);
    }

    @Test
    void signingOutDuringImpersonationEndsBothSessions() {
        String own = pat.cookie(Browser.SESSION);
        startImpersonation();
        assertThat(pat.send("POST", "/sign-out", null).status()).isEqualTo(204);
        assertThat(pat.cookie(Browser.SESSION)).isEmpty();
        assertThat(sessions.authenticate(own)).isEmpty();
        assertThat(entries("impersonation.ended")).hasSize(1);
    }

    @Test
    void signingInDuringImpersonationIsAttributedToTheImpersonator() {
        String operator = pat.me().path("subject").asString();
        startImpersonation();
        pat.signIn("/sign-in", "pat@patchbay.example");
        assertThat(pat.me().path("subject").asString()).isEqualTo(operator);
        String platform = people.issueToken(Tenants.PLATFORM, Optional.empty(), "read:audit");
        var trail =
                TestEnvironment.get("/api/v1/audit?limit=10", platform).body().path("items");
        assertThat(trail.valueStream().map(entry -> entry.path("action").asString()))
                .contains("user.signed_in", "impersonation.started", "impersonation.ended");
        assertThat(trail.valueStream()
                        .filter(entry -> entry.path("action").asString().equals("user.signed_in"))
                        .findFirst()
                        .orElseThrow()
                        .path("onBehalfOf")
                        .asString(""))
                .isEmpty();
    }

    @Test
    void impersonationEndsWhenThePermissionIsRevoked() {
        UserId operator = people.createUser(Tenants.PLATFORM, "Quinn");
        UserId rae = people.createUser(Tenants.PLATFORM, "Rae");
        people.assign(Tenants.PLATFORM, rae, "platform-admin", Optional.empty());
        var role = people.assign(Tenants.PLATFORM, operator, "platform-admin", Optional.empty());
        var sessionOrigin = new SessionOrigin("127.0.0.1", "test");
        var own = sessions.open(Tenants.PLATFORM, operator, sessionOrigin);
        var identity = Identity.ofUser(Tenants.PLATFORM, operator, own.session().id(), Optional.empty());
        var opened = impersonations.start(
                identity, new ImpersonationRequest(tenant, user, "why", Duration.ofMinutes(30)), sessionOrigin);
        assertThat(sessions.authenticate(opened.secret())).isPresent();
        assignments.revoke(
                PeopleFixture.identityOf(Tenants.PLATFORM, rae), TenantScope.of(Tenants.PLATFORM), role.id());
        assertThat(sessions.authenticate(opened.secret())).isEmpty();
        assertThat(sessions.authenticate(own.secret())).isPresent();
    }

    @Test
    void withheldPermissionsAreNotListed() {
        startImpersonation();
        assertThat(pat.me()
                        .path("permissions")
                        .valueStream()
                        .map(one -> one.path("permission").asString()))
                .contains("read:runs")
                .doesNotContain("assign:roles", "issue:tokens");
    }

    @Test
    void theTenantCanEndImpersonation() {
        String id = startImpersonation().path("id").asString();
        String other = people.issueToken(people.createTenant(), Optional.empty(), "*:*");
        assertThat(delete(other, id).status()).isEqualTo(404);
        assertThat(delete(people.issueToken(tenant, Optional.empty(), "read:users"), id)
                        .status())
                .isEqualTo(403);
        String client = people.issueToken(tenant, Optional.of(people.createClient(tenant, "N")), "*:*");
        assertThat(delete(client, id).status()).isEqualTo(404);
        var own = sessions.open(tenant, user, new SessionOrigin("127.0.0.1", "Ada's"));
        assertThat(delete(admin, own.session().id().value()).status()).isEqualTo(404);
        assertThat(delete(admin, id).status()).isEqualTo(204);
        assertThat(pat.get("/api/v1/me").status()).isEqualTo(401);
    }

    private static TestEnvironment.Reply delete(String token, String id) {
        return TestEnvironment.send(TestEnvironment.request(
                        URI.create("http://127.0.0.1:" + TestEnvironment.PORT + IMPERSONATIONS + "/" + id))
                .header("Authorization", "Bearer " + token)
                .DELETE());
    }

    @Test
    void impersonationEndsWhenTheImpersonatorIsSuspended() {
        UserId operator = people.createUser(Tenants.PLATFORM, "Quinn");
        people.assign(Tenants.PLATFORM, operator, "platform-admin", Optional.empty());
        var own = sessions.open(Tenants.PLATFORM, operator, new SessionOrigin("127.0.0.1", "test"));
        var impersonation =
                new Impersonation(operator, "Quinn", "why", own.session().id());
        var opened = sessions.open(
                tenant,
                user,
                new SessionOrigin("127.0.0.1", "test"),
                impersonation,
                own.session().absoluteUntil());
        assertThat(sessions.authenticate(opened.secret())).isPresent();
        people.setState(Tenants.PLATFORM, operator, UserState.SUSPENDED);
        assertThat(sessions.authenticate(opened.secret())).isEmpty();
    }

    @Test
    void impersonationRequiresPermissionReasonAndAtMostAnHour() {
        var ada = Browser.of("ada@bright.example");
        assertThat(ada.send("POST", IMPERSONATIONS, startRequest()).status()).isEqualTo(403);
        String token = people.issueToken(Tenants.PLATFORM, Optional.empty(), "impersonate:users");
        var byToken = TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + IMPERSONATIONS))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(startRequest()))));
        assertThat(byToken.status()).isEqualTo(403);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest().put("minutes", 61))
                        .status())
                .isEqualTo(422);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest().put("minutes", 0))
                        .status())
                .isEqualTo(422);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest().putNull("minutes"))
                        .status())
                .isEqualTo(422);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest().put("reason", " "))
                        .status())
                .isEqualTo(422);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest().put("reason", "x".repeat(501)))
                        .status())
                .isEqualTo(422);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest().put("userId", "usr_absent"))
                        .status())
                .isEqualTo(404);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest().put("tenantId", "no id!"))
                        .status())
                .isEqualTo(404);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest().put("tenantId", "tnt_platform"))
                        .status())
                .isEqualTo(404);
        people.setState(tenant, user, UserState.SUSPENDED);
        assertThat(pat.send("POST", IMPERSONATIONS, startRequest()).status()).isEqualTo(404);
    }
}
