package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.internal.IamAudit;
import dev.patchbay.iam.internal.Secret;
import dev.patchbay.iam.internal.SessionRows;
import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.World;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** How long sessions last, who ends them, and that no other site can use one. */
@PatchbayTest
class SessionTests {

    private static final Sessions.Origin ORIGIN = new Sessions.Origin("127.0.0.1", "test");
    private static final JsonNode NOTHING = Json.object();

    /** A clock that stands until it is moved. */
    private static final class Watch extends Clock {

        private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        void tick(Duration step) {
            now = now.plus(step);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Watch watch = new Watch();

    @Autowired
    private SessionRows rows;

    @Autowired
    private Sessions platform;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private IamAudit audit;

    @Autowired
    private SignInSettings settings;

    @Autowired
    private People people;

    private TenantId tenant = new TenantId("tnt_unset");
    private String user = "";
    private Sessions.Opened opened = new Sessions.Opened(tenant, session(), "");

    private static Sessions.Session session() {
        return new Sessions.Session(
                "ses_unset", "", Instant.MIN, Instant.MIN, Instant.MIN, Instant.MIN, null, "", "", null);
    }

    private Sessions sessions() {
        return new Sessions(rows, tenancy, audit, settings, watch);
    }

    @BeforeEach
    void somebodyIsSignedIn() {
        tenant = people.tenant();
        user = people.user(tenant, "Ada");
        people.give(tenant, user, "tenant-admin", Optional.empty());
        opened = sessions().open(tenant, user, ORIGIN);
    }

    private Browser browser() {
        return browser(opened);
    }

    private static Browser browser(Sessions.Opened session) {
        return new Browser()
                .keep(Browser.SESSION, session.secret())
                .keep(Browser.CSRF, Secret.derived(session.secret(), "csrf"));
    }

    @Test
    void itEndsWhenItIsNotUsed() {
        watch.tick(settings.sessions().idle().minusSeconds(1));
        assertThat(sessions().use(opened.secret())).isPresent();
        watch.tick(settings.sessions().idle().minusSeconds(1));
        assertThat(sessions().use(opened.secret())).isPresent();
        watch.tick(settings.sessions().idle());
        assertThat(sessions().use(opened.secret())).isEmpty();
        assertThat(sessions().list(tenant, user)).isEmpty();
        assertThat(sessions().find(tenant, opened.session().id())).isEmpty();
        assertThat(sessions().end(tenant, user, opened.session().id())).isFalse();
    }

    @Test
    void itEndsAtItsAgeHoweverMuchItIsUsed() {
        var end = watch.instant().plus(settings.sessions().absolute());
        while (watch.instant().plus(Duration.ofHours(7)).isBefore(end)) {
            watch.tick(Duration.ofHours(7));
            assertThat(sessions().use(opened.secret())).isPresent();
        }
        watch.tick(Duration.ofHours(7));
        assertThat(sessions().use(opened.secret())).isEmpty();
    }

    @Test
    void whenItWasSeenIsNotedToTheMinute() {
        watch.tick(Duration.ofSeconds(30));
        sessions().use(opened.secret());
        assertThat(seen()).isBefore(watch.instant().minusSeconds(29));
        watch.tick(Duration.ofSeconds(31));
        sessions().use(opened.secret());
        assertThat(seen()).isAfter(watch.instant().minusSeconds(1));
    }

    private Instant seen() {
        return sessions().list(tenant, user).getFirst().seenAt();
    }

    @Test
    void itsSecretIsKeptNowhere() {
        assertThat(opened.toString()).doesNotContain(opened.secret());
        var kept = tenancy.inTenant(
                        tenant, () -> rows.find(tenant, opened.session().id()))
                .toString();
        assertThat(kept).doesNotContain(opened.secret());
        var ada = new Users.User(user, "ada@example.com", "Ada", "active", watch.instant());
        var guest = new Invitations.Guest("ada@example.com", "Ada");
        var letter = new InvitationMail.Letter(
                "ada@example.com", "Ada", "Agency", URI.create("http://127.0.0.1/?secret"), watch.instant());
        assertThat(ada.toString() + guest + letter).doesNotContain("ada@example.com", "secret");
    }

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
    void anotherSiteCannotUseIt(String header, String token, String from, String site) {
        var browser = browser();
        var another = browser(sessions().open(tenant, people.user(tenant, "Ben"), ORIGIN));
        String sent = token.equals("own")
                ? browser.cookie(Browser.CSRF)
                : token.equals("another's") ? another.cookie(Browser.CSRF) : token;
        String origin = site.equals("own") ? "http://127.0.0.1:" + World.PORT : site;
        for (String path : new String[] {"/api/v1/clients", "/sign-out"}) {
            var answer = browser.send("POST", path, NOTHING, header, sent, from, origin);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().path("detail").asString()).contains("X-CSRF-Token");
        }
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void aPageOfOursUsesItAndATokenNeedsNone() {
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
        String token = people.token(tenant, Optional.empty(), "*:*");
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
    void signingOutEndsThisOne() {
        var other = browser(sessions().open(tenant, user, ORIGIN));
        var browser = browser();
        String secret = browser.cookie(Browser.SESSION);
        assertThat(browser.send("POST", "/sign-out", null).status()).isEqualTo(204);
        assertThat(browser.cookie(Browser.SESSION)).isEmpty();
        assertThat(new Browser().keep(Browser.SESSION, secret).get("/api/v1/me").status())
                .isEqualTo(401);
        assertThat(other.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(new Browser().send("POST", "/sign-out", null).status()).isEqualTo(204);
    }

    @Test
    void oneIsEndedByItsOwnerOnly() {
        var browser = browser();
        var other = sessions().open(tenant, user, ORIGIN);
        var listed = browser.get("/api/v1/sessions").json().path("items");
        assertThat(listed).hasSize(2);
        assertThat(listed.valueStream().filter(one -> one.path("current").asBoolean()))
                .hasSize(1);
        var stranger = sessions().open(tenant, people.user(tenant, "Ben"), ORIGIN);
        assertThat(browser.send(
                                "DELETE",
                                "/api/v1/sessions/" + stranger.session().id(),
                                null)
                        .status())
                .isEqualTo(404);
        assertThat(browser.send("DELETE", "/api/v1/sessions/" + other.session().id(), null)
                        .status())
                .isEqualTo(204);
        assertThat(platform.use(other.secret())).isEmpty();
        assertThat(platform.use(stranger.secret())).isPresent();
    }

    @Test
    void signingOutEverywhereEndsAll() {
        var other = sessions().open(tenant, user, ORIGIN);
        assertThat(browser().send("DELETE", "/api/v1/sessions", null).status()).isEqualTo(204);
        assertThat(platform.use(other.secret())).isEmpty();
        assertThat(platform.use(opened.secret())).isEmpty();
    }

    @Test
    void anAdministratorSeesAndEndsThoseOfOthers() {
        String ben = people.user(tenant, "Ben");
        var bens = sessions().open(tenant, ben, ORIGIN);
        var browser = browser();
        assertThat(browser.get("/api/v1/users/" + ben + "/sessions").json().path("items"))
                .hasSize(1);
        assertThat(browser(bens).get("/api/v1/users/" + user + "/sessions").status())
                .isEqualTo(403);
        assertThat(browser.send("DELETE", "/api/v1/users/" + ben + "/sessions", null)
                        .status())
                .isEqualTo(204);
        assertThat(platform.use(bens.secret())).isEmpty();
        assertThat(browser.get("/api/v1/users/usr_absent/sessions").status()).isEqualTo(404);
    }

    @Test
    void itReachesNothingOfAnotherAgency() {
        TenantId other = people.tenant();
        String stranger = people.user(other, "Stranger");
        var theirs = sessions().open(other, stranger, ORIGIN);
        var client = people.client(other, "Theirs");
        var browser = browser();
        assertThat(browser.get("/api/v1/clients/" + client).status()).isEqualTo(404);
        assertThat(browser.get("/api/v1/users/" + stranger).status()).isEqualTo(404);
        assertThat(browser.send("POST", "/api/v1/users/" + stranger + "/suspend", null)
                        .status())
                .isEqualTo(404);
        assertThat(browser.send("DELETE", "/api/v1/sessions/" + theirs.session().id(), null)
                        .status())
                .isEqualTo(404);
        assertThat(browser.send("POST", "/api/v1/session/tenant", Json.object().put("tenantId", other.value()))
                        .status())
                .isEqualTo(404);
        assertThat(browser.send("POST", "/api/v1/session/tenant", NOTHING).status())
                .isEqualTo(422);
        assertThat(platform.use(theirs.secret())).isPresent();
    }

    @Test
    void aSuspendedUserIsOutAtOnceAndBackWhenRestored() {
        String ben = people.user(tenant, "Ben");
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
    void aSuspendedUsersSessionIsNoneEvenIfNobodyEndedIt() {
        people.state(tenant, user, "suspended");
        assertThat(platform.use(opened.secret())).isEmpty();
    }
}
