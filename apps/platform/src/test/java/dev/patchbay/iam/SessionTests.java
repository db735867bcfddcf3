package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.people.Invitations;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long sessions last, who ends them, and that no other site can use one. */
@PatchbayTest
class SessionTests extends SessionFixture {

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
        var invitee = new Invitations.Invitee("ada@example.com", "Ada");
        var invitationEmail = new InvitationMail.InvitationEmail(
                "ada@example.com", "Ada", "Agency", URI.create("http://127.0.0.1/?secret"), watch.instant());
        assertThat(ada.toString() + invitee + invitationEmail).doesNotContain("ada@example.com", "secret");
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
}
