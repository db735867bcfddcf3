package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tokens, sessions, invitations, groups and kept responses of the release before are accepted. */
interface UpgradedPeopleTests extends UpgradedState {

    @Test
    default void tokensAreUnchanged() {
        assertThat(status("development", "/api/v1/flows")).isEqualTo(200);
        assertThat(status("agency", "/api/v1/flows")).isEqualTo(200);
        assertThat(status("client", "/api/v1/runs")).isEqualTo(200);
        assertThat(status("client", "/api/v1/flows"))
                .as("not among its permissions")
                .isEqualTo(403);
        assertThat(status("revoked", "/api/v1/flows")).isEqualTo(401);
    }

    @Test
    default void sessionsAreUnchanged() {
        var ada = visitors().me("ada");

        assertThat(ada.status()).as(ada.text()).isEqualTo(200);
        assertThat(ada.text()).contains("ada@bright.example");
        assertThat(visitors().me("ben").text()).contains(fixture().about("/invited/accepted"));
        assertThat(visitors().me("ended").status()).isEqualTo(401);
        assertThat(visitors()
                        .post("ada", "/api/v1/iam/groups", Json.object().put("name", "By Ada"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    default void mailInTheOutboxIsSentOnceAndItsInvitationAccepted() {
        String email = fixture().about("/invited/pending");
        var mails = UpgradedPlatform.until(
                () -> platform().sandbox("mailbox?to=" + email).path("mails"), found -> !found.isEmpty());

        var link = Pattern.compile("http://\\S+/sign-in\\?invitation=\\S+")
                .matcher(mails.path(0).path("text").asString());
        assertThat(link.find()).as(mails.toString()).isTrue();
        assertThat(visitors().signIn(link.group(), email).text()).contains(email);
        assertThat(platform().sandbox("mailbox?to=" + email).path("mails")).hasSize(1);
        assertThat(platform()
                        .sandbox("mailbox?to=" + fixture().about("/invited/accepted"))
                        .path("mails"))
                .as("sent by the release before")
                .hasSize(1);
    }

    @Test
    default void answerKeptForARepeatedRequestIsGivenAgain() {
        var again = platform()
                .post(
                        "/api/v1/iam/groups",
                        fixture().part("/idempotent/body"),
                        "Authorization",
                        platform().bearer("development")[1],
                        "Idempotency-Key",
                        fixture().about("/idempotent/key"));

        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(again.json().path("id").asString()).isEqualTo(fixture().about("/idempotent/group"));
    }

    @Test
    default void groupsAndRolesAreUnchanged() {
        assertThat(platform().get("/api/v1/iam/groups?limit=200").toString())
                .contains(fixture().about("/group"));
        assertThat(platform().get("/api/v1/iam/roles").toString())
                .contains(fixture().about("/role"));
    }

    private int status(String token, String path) {
        return platform().send("GET", path, null, platform().bearer(token)).status();
    }
}
