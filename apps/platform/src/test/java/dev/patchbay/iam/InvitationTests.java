package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invitations from the mail to the first sign-in with a verified address. */
@PatchbayTest
class InvitationTests extends InvitationFixture {

    @Test
    void acceptingTheInvitationActivatesTheUser() {
        var invitation = inviteViewer();
        String user = invitation.path("userId").asString();
        assertThat(invitation.toString()).doesNotContain("hash", "secret");
        String link = readLink(1);
        var mail = listMails(email).getFirst();
        assertThat(mail.path("subject").asString()).contains("You are invited to Agency tnt_");
        assertThat(mail.path("html").asString()).contains("Ben &lt;b&gt;Bold&lt;/b&gt;");

        var browser = new Browser();
        assertThat(browser.signIn(link, email).status()).isEqualTo(302);
        var me = browser.me();
        assertThat(me.path("subject").asString()).isEqualTo(user);
        assertThat(me.at("/roles/0/clientId").asString()).isEqualTo(north.value());
        assertThat(browser.get("/api/v1/clients").json().path("items")).hasSize(1);
        assertThat(listAuditedActions())
                .contains("user.invited", "role.given", "user.joined", "user.signed_in", "session.started");

        // Later sign-ins need no link.
        assertThat(Browser.of(email).me().path("subject").asString()).isEqualTo(user);
        assertRefused(new Browser().signIn(link, email), "used, revoked or is older");
        assertThat(invite(admin, invitation("client-viewer", north.value())).status())
                .isEqualTo(409);
    }

    @Test
    void theInvitationSecretIsNotStored() {
        inviteViewer();
        String secret = readLink(1).substring("/sign-in?invitation=".length());
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
    void anotherAddressCannotAcceptTheInvitation() {
        inviteViewer();
        String link = readLink(1);
        String other = "other." + email;
        Browser.account(other, true);
        assertRefused(new Browser().signIn(link, other), "for another address");
        String unverified = "un." + email;
        Browser.account(unverified, false);
        assertRefused(new Browser().signIn(link, unverified), "has not verified");
        // The refused attempts did not use the link up.
        assertThat(new Browser().signIn(link, email).status()).isEqualTo(302);
    }

    @Test
    void anInvitedUserCannotSignInWithoutTheLink() {
        inviteViewer();
        readLink(1);
        assertRefused(new Browser().signIn("/sign-in", email), "follow the link");
        assertRefused(new Browser().signIn("/sign-in?invitation=made-up", email), "older than a week");
    }

    @Test
    void resendingReplacesThePreviousLink() {
        String id = inviteViewer().path("id").asString();
        String first = readLink(1);
        var again = send(admin, "POST", INVITATIONS + "/" + id + "/resend", Json.object());
        assertThat(again.status()).isEqualTo(201);
        String second = readLink(2);
        assertRefused(new Browser().signIn(first, email), "revoked");
        assertThat(new Browser().signIn(second, email).status()).isEqualTo(302);
        String accepted = again.body().path("id").asString();
        assertThat(send(admin, "POST", INVITATIONS + "/" + accepted + "/resend", Json.object())
                        .status())
                .isEqualTo(404);
        assertThat(TestEnvironment.get(INVITATIONS + "?limit=1", admin).body().path("items"))
                .hasSize(1);
        assertThat(TestEnvironment.get(INVITATIONS, admin)
                        .body()
                        .at("/items/1/revokedAt")
                        .isNull())
                .isFalse();
    }

    @Test
    void revokingRemovesTheRoles() {
        var invitation = inviteViewer();
        String link = readLink(1);
        assertThat(invite(admin, invitation("client-viewer", north.value())).status())
                .isEqualTo(409);
        String address = INVITATIONS + "/" + invitation.path("id").asString();
        assertThat(send(admin, "DELETE", address, Json.object()).status()).isEqualTo(204);
        assertThat(send(admin, "DELETE", address, Json.object()).status()).isEqualTo(404);
        assertRefused(new Browser().signIn(link, email), "revoked");
        assertThat(TestEnvironment.get("/api/v1/iam/assignments", admin).body().path("items"))
                .isEmpty();
        assertThat(listAuditedActions()).contains("invitation.revoked");
        // A second invitation is for the same user.
        assertThat(inviteViewer().path("userId")).isEqualTo(invitation.path("userId"));
    }

    @Test
    void invitingRequiresTheOfferedRoles() {
        String nora =
                people.issueToken(tenant, Optional.of(north), "invite:users", "assign:roles", "read:*", "read:users");
        ClientId south = people.createClient(tenant, "South");
        assertThat(invite(nora, invitation("client-viewer", south.value())).status())
                .isEqualTo(404);
        assertThat(invite(nora, invitation("client-admin", north.value())).status())
                .isEqualTo(403);
        assertThat(invite(nora, invitation("tenant-admin", null)).status()).isEqualTo(403);
        assertThat(TestEnvironment.get("/api/v1/users", admin).body().path("items"))
                .isEmpty();

        assertThat(invite(nora, invitation("client-viewer", north.value())).status())
                .isEqualTo(201);
        UserId souths = people.createUser(tenant, "South's");
        people.assign(tenant, souths, "client-viewer", Optional.of(south));
        assertThat(TestEnvironment.get("/api/v1/users", nora).body().path("items"))
                .hasSize(1);
        assertThat(TestEnvironment.get("/api/v1/users/" + souths, nora).status())
                .isEqualTo(404);
        assertThat(TestEnvironment.get("/api/v1/users/" + souths, admin)
                        .body()
                        .path("email")
                        .asString())
                .contains("@example.com");
        assertThat(TestEnvironment.get("/api/v1/users?limit=1", admin)
                        .body()
                        .path("next")
                        .isNull())
                .isFalse();
        String fromSouth = people.issueToken(tenant, Optional.of(south), "invite:users", "read:users");
        assertThat(TestEnvironment.get(INVITATIONS, fromSouth).body().path("items"))
                .isEmpty();
        String id =
                TestEnvironment.get(INVITATIONS, nora).body().at("/items/0/id").asString();
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
                "{'email': 'ben@example.com', 'name': 'Ben\\u2028Bcc', 'roles': [{'role': 'tenant-admin'}]}",
                "{'email': 'ben@example.com', 'name': 'Win http://evil', 'roles': [{'role': 'tenant-admin'}]}",
                "{'email': 'ben@example.com', 'name': 'See WWW.evil', 'roles': [{'role': 'tenant-admin'}]}",
                "{'email': 'ben@example.com', 'name': 'See evil.example', 'roles': [{'role': 'tenant-admin'}]}",
                "{'email': 'ben@example.com', 'name': '0123456789012345678901234567890123456789012345678901234567890',"
                        + " 'roles': [{'role': 'tenant-admin'}]}",
                "{'email': 'ben@example.com', 'name': 'Ben', 'roles': []}",
                "{'email': 'ben@example.com', 'name': 'Ben'}",
                "{'email': 'ben@example.com', 'name': 'Ben', 'roles': [{}]}",
                "{'name': 'Ben', 'roles': [{'role': 'tenant-admin'}]}"
            })
    void addressesThatCannotBeInvitedAreRefused(String body) {
        assertThat(send(admin, "POST", INVITATIONS, Json.read(body.replace('\'', '"')))
                        .status())
                .isEqualTo(422);
        String tooLong = "a".repeat(60) + "@" + ("b".repeat(60) + ".").repeat(4) + "example";
        assertThat(invite(admin, invitation("tenant-admin", null).put("email", tooLong))
                        .status())
                .isEqualTo(422);
    }
}
