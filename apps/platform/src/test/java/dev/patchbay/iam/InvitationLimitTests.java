package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import org.junit.jupiter.api.Test;

/** Limits of invitation mails. */
@PatchbayTest
class InvitationLimitTests extends InvitationFixture {

    private TestEnvironment.Reply again(String id) {
        return send(admin, "POST", INVITATIONS + "/" + id + "/resend", Json.object());
    }

    private void older(String interval) {
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.invitation SET created_at = created_at - interval '" + interval + "'")
                    .update();
        });
    }

    @Test
    void onePersonIsInvitedThreeTimesAnHour() {
        String id = inviteViewer().path("id").asString();
        id = again(id).body().path("id").asString();
        id = again(id).body().path("id").asString();
        var refused = again(id);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().path("detail").asString()).contains("3 invitations within an hour");
        // The previous link still works: a refused invitation changes nothing.
        assertThat(TestEnvironment.get(INVITATIONS + "?limit=1", admin)
                        .body()
                        .at("/items/0/revokedAt")
                        .isNull())
                .isTrue();
        older("61 minutes");
        assertThat(again(id).status()).isEqualTo(201);
    }

    @Test
    void aTenantSendsTwoHundredInvitationsADay() {
        UserId user = people.createUser(tenant, "Somebody");
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.invitation
                              (tenant_id, invitation_id, user_id, hash, invited_by, created_at, expires_at, revoked_at)
                            SELECT :tenant, 'inv_' || n, :user, sha256((:tenant || n)::bytea), 'usr_x', now(), now(), now()
                            FROM generate_series(1, 200) n""")
                    .param("tenant", tenant.value())
                    .param("user", user.value())
                    .update();
        });
        var refused = invite(admin, invitation("client-viewer", north.value()));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().path("detail").asString()).contains("200 invitations within a day");
        assertThat(TestEnvironment.get("/api/v1/iam/assignments", admin).body().path("items"))
                .isEmpty();
        older("25 hours");
        inviteViewer();
    }
}
