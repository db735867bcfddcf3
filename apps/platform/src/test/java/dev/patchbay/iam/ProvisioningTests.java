package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.people.UserState;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Users are matched to accounts at the first sign-in: owners, platform administrators, users of two tenants, changed accounts. */
@PatchbayTest
class ProvisioningTests extends InvitationFixture {

    @Test
    void anExistingUserOfTheTenantIsNotDuplicated() {
        inviteViewer();
        new Browser().signIn(readLink(1), email);
        // The invitation is for a second address of a person whose account is bound already and was renamed since.
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
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        email = renamed;
        inviteViewer();
        assertRefused(new Browser().signIn(readLink(1), renamed), "user of this agency already");
    }

    @Test
    void aSuspendedUserIsRefusedAndAudited() {
        String user = inviteViewer().path("userId").asString();
        new Browser().signIn(readLink(1), email);
        people.setState(tenant, new UserId(user), UserState.SUSPENDED);
        assertRefused(new Browser().signIn("/sign-in", email), "was suspended");
        assertThat(listAuditedActions()).contains("sign_in.refused");
    }

    @Test
    void aUserOfTwoTenantsSwitchesBetweenThem() {
        inviteViewer();
        new Browser().signIn(readLink(1), email);
        TenantId first = tenant;
        tenant = people.createTenant();
        north = people.createClient(tenant, "North");
        admin = people.issueToken(tenant, Optional.empty(), "*:*");
        inviteViewer();
        new Browser().signIn(readLink(2), email);

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
        // The next sign-in leads to the last tenant; signing out everywhere ends the sessions of both.
        assertThat(Browser.of(email).me().path("tenantId").asString()).isEqualTo(first.value());
        assertThat(browser.send("DELETE", "/api/v1/sessions", null).status()).isEqualTo(204);
    }

    @Test
    void aPlatformAdminCreatesATenantAndInvitesItsOwner() {
        var pat = Browser.of("pat@patchbay.example");
        var request = Json.object().put("name", "New Agency");
        request.putObject("owner").put("email", email).put("name", "Olga");
        var created = pat.send("POST", "/api/v1/tenants", request);
        assertThat(created.status()).isEqualTo(201);
        var olga = new Browser();
        assertThat(olga.signIn(readLink(1), email).status()).isEqualTo(302);
        assertThat(olga.me().path("tenantId")).isEqualTo(created.json().path("id"));
        assertThat(olga.me().at("/roles/0/role").asString()).isEqualTo("tenant-admin");

        assertThat(olga.send("POST", "/api/v1/tenants", request).status()).isEqualTo(403);
        assertThat(send(admin, "POST", "/api/v1/tenants", request).status()).isEqualTo(403);
        assertThat(pat.send("POST", "/api/v1/tenants", Json.object().put("name", "x"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aConfiguredAddressBecomesPlatformAdminOnceVerified() {
        String root = "root@patchbay.example";
        Browser.account(root, false);
        assertRefused(new Browser().signIn("/sign-in", root), "No user here");
        Browser.account(root, true);
        var browser = new Browser();
        assertThat(browser.signIn("/sign-in", root).text()).isEmpty();
        assertThat(browser.me().path("tenantId").asString()).isEqualTo("tnt_platform");
        assertThat(browser.me().at("/roles/0/role").asString()).isEqualTo("platform-admin");
        // Another account with the same address belongs to another person.
        var accounts = Json.object();
        accounts.putObject("googleSignIn")
                .putArray("people")
                .addObject()
                .put("email", root)
                .put("sub", "another")
                .put("name", "Mallory");
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        assertRefused(new Browser().signIn("/sign-in", root), "belongs to another account");
        // After the installation moved to another issuer, the configured address is bound again.
        tenancy.inTenant(Tenants.PLATFORM, () -> {
            jdbc.sql("""
                            UPDATE patchbay.user_identity i SET issuer = 'https://former.example' FROM patchbay.app_user u
                            WHERE u.user_id = i.user_id AND u.email = :email""").param("email", root).update();
        });
        assertThat(new Browser().signIn("/sign-in", root).status()).isEqualTo(302);
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void aUserOfATenantBecomesPlatformAdminWhenConfigured() {
        email = "both@patchbay.example";
        Browser.account(email, true);
        inviteViewer();
        new Browser().signIn(readLink(1), email);
        var browser = Browser.of(email);
        assertThat(browser.me().path("tenantId").asString()).isEqualTo("tnt_platform");
        assertThat(browser.me().path("tenants")).hasSize(2);
    }

    @Test
    void aNewLinkBindsTheUserToAnotherAccount() {
        String user = inviteViewer().path("userId").asString();
        var lost = new Browser();
        lost.signIn(readLink(1), email);
        String found = "found." + email;
        account(email, "sub-lost-" + found);
        assertRefused(new Browser().signIn("/sign-in", email), "No user here has this account");

        assertThat(send(admin, "POST", "/api/v1/users/usr_absent/invitation", Json.object())
                        .status())
                .isEqualTo(404);
        assertThat(send(admin, "POST", "/api/v1/users/" + user + "/invitation", Json.object())
                        .status())
                .isEqualTo(201);
        var again = send(admin, "POST", "/api/v1/users/" + user + "/invitation", Json.object());
        assertThat(again.status()).isEqualTo(201);
        assertRefused(new Browser().signIn(readLink(2), email), "revoked");
        var browser = new Browser();
        assertThat(browser.signIn(readLink(3), email).status()).isEqualTo(302);
        assertThat(browser.me().path("subject").asString()).isEqualTo(user);
        assertThat(lost.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(listAuditedActions()).contains("user.bound_anew");
    }

    private static void account(String email, String subject) {
        var accounts = Json.object();
        accounts.putObject("googleSignIn")
                .putArray("people")
                .addObject()
                .put("email", email)
                .put("sub", subject)
                .put("name", "Somebody");
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
    }
}
