package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.World;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How people join: a mail that is really sent, a link, and an account whose address the issuer has verified. */
@PatchbayTest
class InvitationTests {

    private static final String INVITATIONS = "/api/v1/users/invitations";
    private static final Pattern LINK = Pattern.compile("http://\\S+(/sign-in\\?invitation=\\S+)");

    @Autowired
    private People people;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private TenantId tenant = new TenantId("tnt_unset");
    private ClientId north = new ClientId("cli_unset");
    private String admin = "";
    private String email = "";

    @BeforeEach
    void anAgency() {
        tenant = people.tenant();
        north = people.client(tenant, "North");
        admin = people.token(tenant, Optional.empty(), "*:*");
        email = Ids.next("ben", Instant.now()).replace('_', '.') + "@example.com";
        Browser.account(email, true);
    }

    private ObjectNode guest(String role, @Nullable String client) {
        var guest = Json.object().put("email", email).put("name", "Ben <b>Bold</b>");
        guest.putArray("roles").addObject().put("role", role).put("clientId", client);
        return guest;
    }

    private static World.Reply send(String token, String method, String path, Object body) {
        return World.send(World.request(URI.create("http://127.0.0.1:" + World.PORT + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    private World.Reply invite(String token, ObjectNode guest) {
        return send(token, "POST", INVITATIONS, guest);
    }

    private JsonNode invited() {
        var invited = invite(admin, guest("client-viewer", north.value()));
        assertThat(invited.status()).isEqualTo(201);
        return invited.body();
    }

    private List<JsonNode> mails(String to) {
        return World.send(World.request(World.SANDBOX.address().resolve("/_sandbox/mailbox?to=" + to))
                        .GET())
                .body()
                .path("mails")
                .valueStream()
                .toList();
    }

    private String link(int number) {
        return link(email, number);
    }

    private String link(String to, int number) {
        await().atMost(Duration.ofSeconds(10)).until(() -> mails(to).size() >= number);
        Matcher found = LINK.matcher(mails(to).get(number - 1).path("text").asString());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private Set<String> actions() {
        return World.get("/api/v1/audit?limit=200", admin)
                .body()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void whoFollowsTheLinkAndSignsInWithThatAddressIsIn() {
        var invitation = invited();
        String user = invitation.path("userId").asString();
        assertThat(invitation.toString()).doesNotContain("hash", "secret");
        String link = link(1);
        var mail = mails(email).getFirst();
        assertThat(mail.path("subject").asString()).contains("You are invited to Agency tnt_");
        assertThat(mail.path("html").asString()).contains("Ben &lt;b&gt;Bold&lt;/b&gt;");

        var browser = new Browser();
        assertThat(browser.signIn(link, email).status()).isEqualTo(302);
        var me = browser.me();
        assertThat(me.path("subject").asString()).isEqualTo(user);
        assertThat(me.at("/roles/0/clientId").asString()).isEqualTo(north.value());
        assertThat(browser.get("/api/v1/clients").json().path("items")).hasSize(1);
        assertThat(actions()).contains("user.invited", "role.given", "user.joined", "user.signed_in", "session.began");

        // From now on without a link.
        assertThat(Browser.of(email).me().path("subject").asString()).isEqualTo(user);
        refused(new Browser().signIn(link, email), "used, taken back or is older");
        assertThat(invite(admin, guest("client-viewer", north.value())).status())
                .isEqualTo(409);
    }

    @Test
    void theLinkIsNowhereInTheDatabase() {
        invited();
        String secret = link(1).substring("/sign-in?invitation=".length());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql(
                                                "SELECT count(*) FROM patchbay.mail WHERE sent_at IS NOT NULL AND sealed IS NULL")
                                        .query(Integer.class)
                                        .single()
                                == 1));
        String dump = tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT string_agg(i::text, ' ') FROM patchbay.invitation i")
                        .query(String.class)
                        .single());
        assertThat(dump).contains("inv_").doesNotContain(secret);
    }

    @Test
    void anotherAddressDoesNotOpenIt() {
        invited();
        String link = link(1);
        String other = "other." + email;
        Browser.account(other, true);
        refused(new Browser().signIn(link, other), "for another address");
        String unverified = "un." + email;
        Browser.account(unverified, false);
        refused(new Browser().signIn(link, unverified), "has not verified");
        // It was not used up by them.
        assertThat(new Browser().signIn(link, email).status()).isEqualTo(302);
    }

    @Test
    void whoWasInvitedCannotSignInWithoutTheLink() {
        invited();
        link(1);
        refused(new Browser().signIn("/sign-in", email), "follow the link");
        refused(new Browser().signIn("/sign-in?invitation=made-up", email), "older than a week");
    }

    private static void refused(Browser.Page page, String why) {
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.json().path("detail").asString()).contains(why);
    }

    @Test
    void aNewLinkReplacesTheOneBefore() {
        String id = invited().path("id").asString();
        String first = link(1);
        var again = send(admin, "POST", INVITATIONS + "/" + id + "/resend", Json.object());
        assertThat(again.status()).isEqualTo(201);
        String second = link(2);
        refused(new Browser().signIn(first, email), "taken back");
        assertThat(new Browser().signIn(second, email).status()).isEqualTo(302);
        String accepted = again.body().path("id").asString();
        assertThat(send(admin, "POST", INVITATIONS + "/" + accepted + "/resend", Json.object())
                        .status())
                .isEqualTo(404);
        assertThat(World.get(INVITATIONS + "?limit=1", admin).body().path("items"))
                .hasSize(1);
        assertThat(World.get(INVITATIONS, admin).body().at("/items/1/revokedAt").isNull())
                .isFalse();
    }

    @Test
    void oneThatIsTakenBackLeavesNoRole() {
        var invitation = invited();
        String link = link(1);
        assertThat(invite(admin, guest("client-viewer", north.value())).status())
                .isEqualTo(409);
        String address = INVITATIONS + "/" + invitation.path("id").asString();
        assertThat(send(admin, "DELETE", address, Json.object()).status()).isEqualTo(204);
        assertThat(send(admin, "DELETE", address, Json.object()).status()).isEqualTo(404);
        refused(new Browser().signIn(link, email), "taken back");
        assertThat(World.get("/api/v1/iam/assignments", admin).body().path("items"))
                .isEmpty();
        assertThat(actions()).contains("invitation.revoked");
        // Invited again it is the same user.
        assertThat(invited().path("userId")).isEqualTo(invitation.path("userId"));
    }

    @Test
    void nobodyInvitesToMoreThanTheyHold() {
        String nora = people.token(tenant, Optional.of(north), "invite:users", "assign:roles", "read:*", "read:users");
        ClientId south = people.client(tenant, "South");
        assertThat(invite(nora, guest("client-viewer", south.value())).status()).isEqualTo(404);
        assertThat(invite(nora, guest("client-admin", north.value())).status()).isEqualTo(403);
        assertThat(invite(nora, guest("tenant-admin", null)).status()).isEqualTo(403);
        assertThat(World.get("/api/v1/users", admin).body().path("items")).isEmpty();

        assertThat(invite(nora, guest("client-viewer", north.value())).status()).isEqualTo(201);
        String souths = people.user(tenant, "South's");
        people.give(tenant, souths, "client-viewer", Optional.of(south));
        assertThat(World.get("/api/v1/users", nora).body().path("items")).hasSize(1);
        assertThat(World.get("/api/v1/users/" + souths, nora).status()).isEqualTo(404);
        assertThat(World.get("/api/v1/users/" + souths, admin)
                        .body()
                        .path("email")
                        .asString())
                .contains("@example.com");
        assertThat(World.get("/api/v1/users?limit=1", admin).body().path("next").isNull())
                .isFalse();
        String fromSouth = people.token(tenant, Optional.of(south), "invite:users", "read:users");
        assertThat(World.get(INVITATIONS, fromSouth).body().path("items")).isEmpty();
        String id = World.get(INVITATIONS, nora).body().at("/items/0/id").asString();
        assertThat(send(fromSouth, "DELETE", INVITATIONS + "/" + id, Json.object())
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'email': 'no address', 'name': 'Ben', 'roles': [{'role': 'tenant-admin'}]}",
                "{'email': 'a@b.example, c@d.example', 'name': 'Ben', 'roles': [{'role': 'tenant-admin'}]}",
                "{'email': 'ben@example.com', 'name': 'Ben\\r\\nBcc: x', 'roles': [{'role': 'tenant-admin'}]}",
                "{'email': 'ben@example.com', 'name': 'Ben', 'roles': []}",
                "{'email': 'ben@example.com', 'name': 'Ben'}",
                "{'email': 'ben@example.com', 'name': 'Ben', 'roles': [{}]}",
                "{'name': 'Ben', 'roles': [{'role': 'tenant-admin'}]}"
            })
    void whatCannotBeInvitedIsRefused(String body) {
        assertThat(send(admin, "POST", INVITATIONS, Json.read(body.replace('\'', '"')))
                        .status())
                .isEqualTo(422);
        String tooLong = "a".repeat(60) + "@" + ("b".repeat(60) + ".").repeat(4) + "example";
        assertThat(invite(admin, guest("tenant-admin", null).put("email", tooLong))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whoIsAUserOfTheAgencyAlreadyIsNotMadeAnother() {
        invited();
        new Browser().signIn(link(1), email);
        // Invited under another address, somebody follows the link with an account that was bound before, renamed
        // since.
        String renamed = "renamed." + email;
        var accounts = Json.object();
        String subject = tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT subject FROM patchbay.user_identity")
                        .query(String.class)
                        .single());
        accounts.putObject("googleSignIn")
                .putArray("people")
                .addObject()
                .put("email", renamed)
                .put("sub", subject)
                .put("name", "Ben");
        World.send(World.request(World.SANDBOX.address().resolve("/_sandbox/accounts"))
                .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        email = renamed;
        invited();
        refused(new Browser().signIn(link(1), renamed), "user of this agency already");
    }

    @Test
    void aSuspendedUserIsToldWhomToAskAndTheTrailKnows() {
        String user = invited().path("userId").asString();
        new Browser().signIn(link(1), email);
        people.state(tenant, user, "suspended");
        refused(new Browser().signIn("/sign-in", email), "was suspended");
        assertThat(actions()).contains("sign_in.refused");
    }

    @Test
    void somebodyWhoBelongsToTwoAgenciesChangesBetweenThem() {
        invited();
        new Browser().signIn(link(1), email);
        TenantId first = tenant;
        tenant = people.tenant();
        north = people.client(tenant, "North");
        admin = people.token(tenant, Optional.empty(), "*:*");
        invited();
        new Browser().signIn(link(2), email);

        var browser = Browser.of(email);
        assertThat(browser.me().path("tenantId").asString()).isEqualTo(tenant.value());
        assertThat(browser.me().path("tenants")).hasSize(2);
        String before = browser.cookie(Browser.SESSION);
        var changed =
                browser.send("POST", "/api/v1/session/tenant", Json.object().put("tenantId", first.value()));
        assertThat(changed.status()).isEqualTo(204);
        assertThat(browser.me().path("tenantId").asString()).isEqualTo(first.value());
        assertThat(new Browser().keep(Browser.SESSION, before).get("/api/v1/me").status())
                .isEqualTo(401);
        // Where they were last is where they are next; everywhere is everywhere.
        assertThat(browser.send("DELETE", "/api/v1/sessions", null).status()).isEqualTo(204);
    }

    @Test
    void thePlatformMakesAgenciesAndInvitesTheirFirstUser() {
        var pat = Browser.of("pat@patchbay.example");
        var wish = Json.object().put("name", "New Agency");
        wish.putObject("owner").put("email", email).put("name", "Olga");
        var made = pat.send("POST", "/api/v1/tenants", wish);
        assertThat(made.status()).isEqualTo(201);
        var olga = new Browser();
        assertThat(olga.signIn(link(1), email).status()).isEqualTo(302);
        assertThat(olga.me().path("tenantId")).isEqualTo(made.json().path("id"));
        assertThat(olga.me().at("/roles/0/role").asString()).isEqualTo("tenant-admin");

        assertThat(olga.send("POST", "/api/v1/tenants", wish).status()).isEqualTo(403);
        assertThat(send(admin, "POST", "/api/v1/tenants", wish).status()).isEqualTo(403);
        assertThat(pat.send("POST", "/api/v1/tenants", Json.object().put("name", "x"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whoTheSettingsNameRunsThePlatformOnceTheirAddressIsVerified() {
        String root = "root@patchbay.example";
        Browser.account(root, false);
        refused(new Browser().signIn("/sign-in", root), "Nobody here");
        Browser.account(root, true);
        var browser = new Browser();
        assertThat(browser.signIn("/sign-in", root).text()).isEmpty();
        assertThat(browser.me().path("tenantId").asString()).isEqualTo("tnt_platform");
        assertThat(browser.me().at("/roles/0/role").asString()).isEqualTo("platform-admin");
        // Another account that shows the same address is somebody else.
        var accounts = Json.object();
        accounts.putObject("googleSignIn")
                .putArray("people")
                .addObject()
                .put("email", root)
                .put("sub", "another")
                .put("name", "Mallory");
        World.send(World.request(World.SANDBOX.address().resolve("/_sandbox/accounts"))
                .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        refused(new Browser().signIn("/sign-in", root), "belongs to another account");
    }
}
