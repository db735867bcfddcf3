package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.people.Invitee;
import dev.patchbay.iam.people.User;
import dev.patchbay.iam.people.UserState;
import dev.patchbay.iam.spi.InvitationMail;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Expiry and ending of sessions. */
@PatchbayTest
class SessionTests extends SessionFixture {

    @Test
    void anIdleSessionExpires() {
        clock.tick(settings.idle().minusSeconds(1));
        assertThat(sessions().authenticate(openedSession.secret())).isPresent();
        clock.tick(settings.idle().minusSeconds(1));
        assertThat(sessions().authenticate(openedSession.secret())).isPresent();
        clock.tick(settings.idle());
        assertThat(sessions().authenticate(openedSession.secret())).isEmpty();
        assertThat(sessions().list(tenant, user)).isEmpty();
        assertThat(sessions().findActive(tenant, openedSession.session().id())).isEmpty();
        assertThat(sessions().end(tenant, user.value(), openedSession.session().id()))
                .isFalse();
    }

    @Test
    void aUsedSessionExpiresAtItsMaximumAge() {
        var end = clock.instant().plus(settings.absolute());
        while (clock.instant().plus(Duration.ofHours(7)).isBefore(end)) {
            clock.tick(Duration.ofHours(7));
            assertThat(sessions().authenticate(openedSession.secret())).isPresent();
        }
        clock.tick(Duration.ofHours(7));
        assertThat(sessions().authenticate(openedSession.secret())).isEmpty();
    }

    @Test
    void lastUseIsRecordedToTheMinute() {
        clock.tick(Duration.ofSeconds(30));
        sessions().authenticate(openedSession.secret());
        assertThat(seenAt()).isBefore(clock.instant().minusSeconds(29));
        clock.tick(Duration.ofSeconds(31));
        sessions().authenticate(openedSession.secret());
        assertThat(seenAt()).isAfter(clock.instant().minusSeconds(1));
    }

    private Instant seenAt() {
        return sessions().list(tenant, user).getFirst().seenAt();
    }

    @Test
    void theSessionSecretIsNotStored() {
        assertThat(openedSession.toString()).doesNotContain(openedSession.secret());
        var stored = clockedSessions.find(tenant, openedSession.session().id());
        assertThat(stored.orElseThrow().toString()).doesNotContain(openedSession.secret());
        var ada = new User(user, "ada@example.com", "Ada", UserState.ACTIVE, clock.instant());
        var invitee = new Invitee("ada@example.com", "Ada");
        var invitationEmail = new InvitationMail.InvitationEmail(
                "ada@example.com", "Ada", "Agency", URI.create("http://127.0.0.1/?secret"), clock.instant());
        assertThat(ada.toString() + invitee + invitationEmail).doesNotContain("ada@example.com", "secret");
    }

    @Test
    void signingOutEndsTheCurrentSession() {
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
    void aSessionIsEndedByItsOwnerOnly() {
        var browser = browser();
        var other = sessions().open(tenant, user, ORIGIN);
        var listed = browser.get("/api/v1/sessions").json().path("items");
        assertThat(listed).hasSize(2);
        assertThat(listed.valueStream().filter(one -> one.path("current").asBoolean()))
                .hasSize(1);
        var stranger = sessions().open(tenant, people.createUser(tenant, "Ben"), ORIGIN);
        assertThat(browser.send(
                                "DELETE",
                                "/api/v1/sessions/" + stranger.session().id(),
                                null)
                        .status())
                .isEqualTo(404);
        assertThat(browser.send("DELETE", "/api/v1/sessions/" + other.session().id(), null)
                        .status())
                .isEqualTo(204);
        assertThat(platformSessions.authenticate(other.secret())).isEmpty();
        assertThat(platformSessions.authenticate(stranger.secret())).isPresent();
    }

    @Test
    void signingOutEverywhereEndsAllSessions() {
        var other = sessions().open(tenant, user, ORIGIN);
        assertThat(browser().send("DELETE", "/api/v1/sessions", null).status()).isEqualTo(204);
        assertThat(platformSessions.authenticate(other.secret())).isEmpty();
        assertThat(platformSessions.authenticate(openedSession.secret())).isEmpty();
    }
}
