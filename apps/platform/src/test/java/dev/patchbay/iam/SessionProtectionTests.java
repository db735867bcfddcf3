package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.people.UserState;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSRF protection of sessions, and their limits: other users, other tenants, suspended users. */
@PatchbayTest
class SessionProtectionTests extends SessionFixture {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-CSRF-Token | wrong       | Origin         | own
            X-Other      | x           | Origin         | own
            X-CSRF-Token | own         | Origin         | https://evil.example
            X-CSRF-Token | own         | Origin         | null
            X-CSRF-Token | own         | Sec-Fetch-Site | cross-site
            X-CSRF-Token | own         | Sec-Fetch-Site | same-site
            X-CSRF-Token | another's   | Origin         | own
            """)
    void aCrossSiteRequestIsForbidden(String header, String token, String from, String site) {
        var browser = browser();
        var otherSession = browser(sessions().open(tenant, people.createUser(tenant, "Ben"), ORIGIN));
        String csrfToken = token.equals("own")
                ? browser.cookie(Browser.CSRF)
                : token.equals("another's") ? otherSession.cookie(Browser.CSRF) : token;
        String origin = site.equals("own") ? "http://127.0.0.1:" + TestEnvironment.PORT : site;
        for (String path : new String[] {"/api/v1/clients", "/sign-out"}) {
            var response = browser.send("POST", path, NOTHING, header, csrfToken, from, origin);
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.json().path("detail").asString()).contains("X-CSRF-Token");
        }
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
    }

    /** A cross-site form sends no cookie (SameSite); the answer must not delete them. */
    @Test
    void aCrossSiteRequestCannotSignOut() {
        var response = new Browser().send("POST", "/sign-out", null, "Origin", "https://evil.example");
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void basicCredentialsOfAProxyAreIgnored() {
        assertThat(browser()
                        .get("/api/v1/me", "Authorization", "Basic cHJveHk6cHJveHk=")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void suspendingRequiresTheRolesOfTheUser() {
        UserId helper = people.createUser(tenant, "Hal");
        String token = people.issueToken(tenant, Optional.empty(), "suspend:users", "read:users", "invite:users");
        for (String action : new String[] {"suspend", "restore", "invitation"}) {
            people.setState(tenant, user, action.equals("restore") ? UserState.SUSPENDED : UserState.ACTIVE);
            var response = InvitationFixture.send(token, "POST", "/api/v1/users/" + user + "/" + action, NOTHING);
            assertThat(response.status()).as(action).isEqualTo(403);
            assertThat(response.body().path("detail").asString()).contains("the role tenant-admin");
        }
        assertThat(InvitationFixture.send(token, "POST", "/api/v1/users/" + helper + "/suspend", NOTHING)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void sessionRequestsNeedACsrfTokenAndTokenRequestsDoNot() {
        var client = Json.object().put("name", "North").put("timeZone", "UTC");
        assertThat(browser().send("POST", "/api/v1/clients", client).status()).isEqualTo(201);
        assertThat(browser()
                        .send(
                                "POST",
                                "/api/v1/clients",
                                client,
                                "X-CSRF-Token",
                                browser().cookie(Browser.CSRF))
                        .status())
                .isEqualTo(201);
        String token = people.issueToken(tenant, Optional.empty(), "*:*");
        assertThat(browser()
                        .send("POST", "/api/v1/clients", client, "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(201);
        assertThat(browser()
                        .send("GET", "/api/v1/me", null, "Authorization", "Bearer wrong")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anAdministratorListsAndEndsSessionsOfOthers() {
        UserId ben = people.createUser(tenant, "Ben");
        var bens = sessions().open(tenant, ben, ORIGIN);
        var browser = browser();
        assertThat(browser.get("/api/v1/users/" + ben + "/sessions").json().path("items"))
                .hasSize(1);
        assertThat(browser(bens).get("/api/v1/users/" + user + "/sessions").status())
                .isEqualTo(403);
        assertThat(browser.send("DELETE", "/api/v1/users/" + ben + "/sessions", null)
                        .status())
                .isEqualTo(204);
        assertThat(platformSessions.authenticate(bens.secret())).isEmpty();
        assertThat(browser.get("/api/v1/users/usr_absent/sessions").status()).isEqualTo(404);
    }

    @Test
    void aSessionReadsNothingOfAnotherTenant() {
        TenantId other = people.createTenant();
        UserId stranger = people.createUser(other, "Stranger");
        var otherSession = sessions().open(other, stranger, ORIGIN);
        var client = people.createClient(other, "Theirs");
        var browser = browser();
        assertThat(browser.get("/api/v1/clients/" + client).status()).isEqualTo(404);
        assertThat(browser.get("/api/v1/users/" + stranger).status()).isEqualTo(404);
        assertThat(browser.send("POST", "/api/v1/users/" + stranger + "/suspend", null)
                        .status())
                .isEqualTo(404);
        assertThat(browser.send(
                                "DELETE",
                                "/api/v1/sessions/" + otherSession.session().id(),
                                null)
                        .status())
                .isEqualTo(404);
        assertThat(browser.send("POST", "/api/v1/session/tenant", Json.object().put("tenantId", other.value()))
                        .status())
                .isEqualTo(404);
        assertThat(browser.send("POST", "/api/v1/session/tenant", NOTHING).status())
                .isEqualTo(422);
        assertThat(platformSessions.authenticate(otherSession.secret())).isPresent();
    }

    @Test
    void suspendingEndsSessionsAndRestoringAllowsSignIn() {
        UserId ben = people.createUser(tenant, "Ben");
        var bens = sessions().open(tenant, ben, ORIGIN);
        var browser = browser();
        String address = "/api/v1/users/" + ben;
        assertThat(browser.send("POST", address + "/restore", null).status()).isEqualTo(409);
        assertThat(browser.send("POST", address + "/suspend", null)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("suspended");
        assertThat(browser(bens).get("/api/v1/me").status()).isEqualTo(401);
        assertThat(browser.send("POST", address + "/suspend", null).status()).isEqualTo(409);
        assertThat(browser.send("POST", address + "/restore", null)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("active");
        assertThat(browser(bens).get("/api/v1/me").status()).isEqualTo(401);
        var last = browser.send("POST", "/api/v1/users/" + user + "/suspend", null);
        assertThat(last.status()).isEqualTo(409);
        assertThat(last.json().path("detail").asString()).contains("administrator");
        assertThat(browser.me().at("/user/state").asString()).isEqualTo("active");
    }

    @Test
    void aSessionOfASuspendedUserIsInvalid() {
        people.setState(tenant, user, UserState.SUSPENDED);
        assertThat(platformSessions.authenticate(openedSession.secret())).isEmpty();
    }
}
