package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What comes back from a provider's page is believed once, from the browser that went there, in time; otherwise nothing happens. */
@PatchbayTest
class OAuthConnectAttackTests extends OAuthConnectFixture {

    private static final String OVER =
            "This was used already or took longer than ten minutes; connect the account anew.";

    @AfterEach
    void nothingFailsAnyMore() {
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/faults"))
                        .DELETE());
    }

    private void assertNothing() {
        assertThat(all()).isEmpty();
    }

    @Test
    void anOwnerMayRefuse() {
        assertThat(refusal(callback(wish("google", "x"), "deny=true")))
                .isEqualTo("Google was not allowed to give access, so nothing has changed.");
        assertThat(refusal(callback(wish("highlevel", "x"), "deny=true"))).startsWith("HighLevel was not allowed");
        String back = callback(wish("google", "x"), "account=" + ann);
        assertThat(refusal(back.substring(0, back.indexOf("&code=")))).startsWith("Google was not allowed");
        assertNothing();
    }

    @Test
    void peopleReadThatOnAPage() {
        var page = browser.get(callback(wish("google", "x"), "deny=true"), "Accept", "text/html,*/*");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text())
                .contains("<h1>The account was not connected</h1>", "Google was not allowed", "href=\"/\"");
    }

    @Test
    void anAddressIsOpenedOnce() {
        String start = begun(wish("google", "x"));
        assertThat(browser.get(start).status()).isEqualTo(302);
        assertThat(refusal(start)).isEqualTo(OVER);
        assertThat(refusal("/connect/google/start")).isEqualTo(OVER);
        assertThat(refusal(begun(wish("google", "x")).replace("/google/", "/highlevel/")))
                .isEqualTo(OVER);
    }

    @Test
    void aCodeIsTakenOnce() {
        String back = callback(wish("google", "x"), "account=" + ann);
        String secret = browser.cookie("patchbay_connect");
        assertThat(browser.get(back).status()).isEqualTo(302);
        assertThat(refusal(back)).startsWith("This was begun in another browser");
        browser.keep("patchbay_connect", secret);
        assertThat(refusal(back)).isEqualTo(OVER);
        assertThat(all()).hasSize(1);
    }

    @Test
    void anotherBrowserGetsNowhere() {
        String start = begun(wish("google", "x"));
        assertThat(new Browser().get(start).json().path("detail").asString())
                .startsWith("This was begun in another session");
        var colleague = people.user(tenant, "Colleague");
        people.give(tenant, colleague, "tenant-admin", Optional.empty());
        assertThat(signedIn(colleague).get(start).status()).isEqualTo(403);

        String back =
                browser.get(browser.get(start).location() + "&account=" + ann).location();
        assertThat(signedIn(admin).get(back).json().path("detail").asString())
                .startsWith("This was begun in another browser");
        var thief = signedIn(admin).keep("patchbay_connect", browser.cookie("patchbay_connect"));
        assertThat(thief.get(back).json().path("detail").asString()).startsWith("This was begun in another session");
        assertThat(refusal(back)).isEqualTo(OVER);
        assertNothing();
    }

    @Test
    void anotherAgencysSessionGetsNowhere() {
        String start = begun(wish("google", "x"));
        var here = tenant;
        tenant = people.tenant();
        String stranger = people.user(tenant, "Mallory");
        people.give(tenant, stranger, "tenant-admin", Optional.empty());
        assertThat(signedIn(stranger).get(start).status()).isEqualTo(403);
        assertThat(signedIn(stranger)
                        .send("POST", "/api/v1/connections/oauth", again("con_nobodys"))
                        .status())
                .isEqualTo(404);
        tenant = here;
        assertThat(browser.get(start).status()).isEqualTo(302);
    }

    @Test
    void anotherStateThanOursIsNone() {
        String back = callback(wish("google", "x"), "account=" + ann);
        assertThat(refusal(back.replaceFirst("state=[^&]+", "state=guessed")))
                .startsWith("This was begun in another browser");
        assertThat(refusal(back.replaceFirst("state=[^&]+&", ""))).startsWith("This was begun in another browser");
        assertThat(browser.get(back).status()).isEqualTo(302);
    }

    @Test
    void anotherProvidersAnswerIsNone() {
        String back = callback(wish("google", "x"), "account=" + ann);
        assertThat(refusal(back.replace("/google/", "/highlevel/")))
                .isEqualTo("Another provider than Google has answered; connect the account anew.");
        assertThat(refusal(back)).isEqualTo(OVER);
        assertNothing();
    }

    @Test
    void tenMinutesAreEnough() {
        String start = begun(wish("google", "x"));
        String back = callback(wish("google", "y"), "account=" + ann);
        age();
        assertThat(refusal(start)).isEqualTo(OVER);
        assertThat(refusal(back)).isEqualTo(OVER);
        begun(wish("google", "z"));
        assertThat(tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("SELECT count(*) FROM patchbay.account_consent WHERE tenant_id = :tenant")
                                .param("tenant", tenant.value())
                                .query(Integer.class)
                                .single()))
                .isEqualTo(1);
        assertNothing();
    }

    private void age() {
        tenancy.inTenant(
                tenant, () -> jdbc.sql("""
                        UPDATE patchbay.account_consent SET expires_at = expires_at - interval '601 seconds'
                        WHERE tenant_id = :tenant""").param("tenant", tenant.value()).update());
    }

    @Test
    void whoMayNotConnectAnyMoreDoesNot() {
        people.operators();
        String user = people.user(tenant, "Leaving");
        var role = people.give(tenant, user, "tenant-admin", Optional.empty());
        var own = signedIn(user);
        String start = own.send("POST", "/api/v1/connections/oauth", wish("google", "x"))
                .json()
                .path("startUrl")
                .asString();
        String back = own.get(own.get(start).location() + "&account=" + ann).location();
        assertThat(browser.send("DELETE", "/api/v1/iam/assignments/" + role.id(), null)
                        .status())
                .isEqualTo(204);
        assertThat(own.get(back).json().path("detail").asString())
                .isEqualTo("Whoever began this may not connect accounts any more.");
        assertNothing();
    }

    @Test
    void aTokenThatWasRevokedMeanwhileConnectsNothing() {
        String token = people.token(tenant, Optional.empty(), "write:connections");
        var begun = TestEnvironment.send(TestEnvironment.request(URI.create(address("/api/v1/connections/oauth")))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(wish("google", "x")))));
        String page = browser.get(begun.body().path("startUrl").asString()).location();
        String id = browser.get("/api/v1/iam/tokens").json().at("/items/0/id").asString();
        assertThat(browser.send("DELETE", "/api/v1/iam/tokens/" + id, null).status())
                .isEqualTo(204);
        assertThat(refusal(browser.get(page + "&account=" + ann).location()))
                .isEqualTo("Whoever began this may not connect accounts any more.");
        assertNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "google, token, 500, Google has trouble of its own just now",
        "google, token, 401, Google did not take what the browser brought back",
        "google, token, lost_response, Google did not answer",
        "google, token, hollow, Google did not answer",
        "google, calendars.primary, 401, Google does not say which account this is",
        "highlevel, oauth.token, 500, HighLevel has trouble of its own just now",
        "highlevel, oauth.token, 401, HighLevel did not take what the browser brought back",
        "highlevel, oauth.token, lost_response, HighLevel did not answer"
    })
    void aProviderInTroubleLeavesNothingBehind(String provider, String operation, String kind, String sentence) {
        String back = callback(wish(provider, "x"), provider.equals("google") ? "account=" + ann : "location=" + loop);
        fault(provider, operation, kind);
        assertThat(refusal(back)).startsWith(sentence);
        assertNothing();
    }

    @Test
    void lessThanWhatIsNeededIsNotEnough() {
        String page = page(wish("google", "x"), "account=" + ann);
        assertThat(refusal(browser.get(page.replaceFirst("%20[^&]*calendar.events", ""))
                        .location()))
                .isEqualTo(
                        "Google did not allow all that is needed (https://www.googleapis.com/auth/calendar.freebusy and"
                                + " https://www.googleapis.com/auth/calendar.events is missing); start again and leave every box ticked.");
        page = page(wish("google", "x"), "account=" + ann);
        assertThat(refusal(browser.get(page.replace("access_type=offline", "access_type=online"))
                        .location()))
                .startsWith("Google gave access for an hour only");
        page = page(wish("highlevel", "x"), "location=" + loop);
        assertThat(refusal(browser.get(page.replace("contacts.write", "")).location()))
                .startsWith("HighLevel did not allow all that is needed (contacts.write is missing)");
        assertNothing();
    }

    @Test
    void aCodeOfAnotherChallengeIsRefused() {
        String page = page(wish("google", "x"), "account=" + ann);
        String back = browser.get(page.replaceFirst("code_challenge=[^&]+", "code_challenge=" + "a".repeat(43)))
                .location();
        assertThat(refusal(back))
                .isEqualTo(
                        "Google did not take what the browser brought back (invalid_grant); connect the account anew.");
        assertNothing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"provider\":\"google\"} | 422 | Send provider and name, or the connectionId.",
                "{\"name\":\"x\"} | 422 | Send provider and name, or the connectionId.",
                "{\"provider\":\"retell\",\"name\":\"x\"} | 422 | Accounts are connected by consent at google and highlevel; enter the credentials of others.",
                "{\"provider\":\"google\",\"name\":\" \"} | 422 | name: must hold 1 to 100 characters.",
                "{\"connectionId\":\"con_none\"} | 404 | There is no connection con_none."
            })
    void whatCannotBeBegunIsSaid(String wish, int status, String sentence) {
        var answer = browser.send("POST", "/api/v1/connections/oauth", Json.read(wish));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asString()).isEqualTo(sentence);
    }

    private String conflict(JsonNode wish) {
        var answer = browser.send("POST", "/api/v1/connections/oauth", wish);
        assertThat(answer.status()).isEqualTo(409);
        return answer.json().path("detail").asString();
    }

    @Test
    void whatIsNoAccountOfTheAppIsNotConnectedAgain() {
        entered("con_app", "highlevel", Json.object(), Map.of());
        assertThat(conflict(again("con_app"))).startsWith("Entered only takes webhooks in");
        connections.register(
                tenant,
                new NewConnection(
                        "con_far",
                        "google",
                        "Far",
                        URI.create("https://www.googleapis.com"),
                        Json.object(),
                        Map.of(),
                        Optional.empty()));
        assertThat(conflict(again("con_far"))).startsWith("Far speaks to another address");
        // Webhooks of an app come in at an app's connection, which is nobody's location.
        assertThat(connected(wish("highlevel", "Loop"), "location=" + loop)).isNotEqualTo("con_app");
    }

    @Test
    void onlyWhoMayConnectBegins() {
        String viewer = people.user(tenant, "Viewer");
        people.give(tenant, viewer, "flow-manager", Optional.empty());
        assertThat(signedIn(viewer)
                        .send("POST", "/api/v1/connections/oauth", wish("google", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(browser.send(
                                "POST",
                                "/api/v1/connections/oauth",
                                wish("google", "x"),
                                "Origin",
                                "https://evil.example")
                        .status())
                .isEqualTo(403);
    }
}
