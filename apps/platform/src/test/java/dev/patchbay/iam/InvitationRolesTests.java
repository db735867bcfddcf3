package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.people.Groups;
import dev.patchbay.iam.people.UserState;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The roles of invited users, and the roles that inviting, resending and revoking require. */
@PatchbayTest
class InvitationRolesTests extends InvitationFixture {

    @Autowired
    private Groups groups;

    private JsonNode owner() {
        var invited = invite(admin, invitation("tenant-admin", null));
        assertThat(invited.status()).isEqualTo(201);
        return invited.body();
    }

    private void expire(JsonNode invitation) {
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.invitation SET expires_at = created_at WHERE invitation_id = :id")
                    .param("id", invitation.path("id").asString())
                    .update();
        });
    }

    private List<String> roles(String user) {
        return TestEnvironment.get("/api/v1/iam/assignments?subject=" + user, admin)
                .body()
                .path("items")
                .valueStream()
                .map(one -> one.path("role").asString())
                .toList();
    }

    /** A token for one client, with the permissions of a client-viewer. */
    private String northsAdmin() {
        return people.issueToken(tenant, Optional.of(north), "invite:users", "assign:roles", "read:*");
    }

    @Test
    void anInvitationAfterAnExpiredOneCarriesNoEarlierRoles() {
        JsonNode first = owner();
        String user = first.path("userId").asString();
        var group = groups.create(PeopleFixture.adminIdentity(tenant), TenantScope.of(tenant), "All", Optional.empty());
        groups.addMember(PeopleFixture.adminIdentity(tenant), TenantScope.of(tenant), group.id(), new UserId(user));
        expire(first);

        var second = invite(northsAdmin(), invitation("client-viewer", north.value()));
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body().path("userId").asString()).isEqualTo(user);
        assertThat(roles(user)).containsExactly("client-viewer");
        assertThat(TestEnvironment.get("/api/v1/iam/groups", admin).body().at("/items/0/members"))
                .isEmpty();
        assertThat(listAuditedActions()).contains("role.taken", "group.left");
    }

    @Test
    void resendingAndRevokingRequireTheInvitedRoles() {
        JsonNode open = owner();
        String user = open.path("userId").asString();
        people.assign(tenant, user, "client-viewer", Optional.of(north));
        String address = INVITATIONS + "/" + open.path("id").asString();
        var resent = send(northsAdmin(), "POST", address + "/resend", Json.object());
        assertThat(resent.status()).isEqualTo(403);
        assertThat(resent.body().path("detail").asString()).contains("the role tenant-admin");
        assertThat(send(northsAdmin(), "DELETE", address, Json.object()).status())
                .isEqualTo(403);
        assertThat(roles(user)).hasSize(2);
        assertThat(new Browser().signIn(readLink(1), email).status()).isEqualTo(302);
    }

    @Test
    void revokingALinkOfAnActiveUserKeepsTheirRoles() {
        String user = owner().path("userId").asString();
        new Browser().signIn(readLink(1), email);
        var again = send(admin, "POST", "/api/v1/users/" + user + "/invitation", Json.object());
        String address = INVITATIONS + "/" + again.body().path("id").asString();
        assertThat(send(admin, "DELETE", address, Json.object()).status()).isEqualTo(204);
        assertThat(roles(user)).containsExactly("tenant-admin");
        assertRefused(new Browser().signIn(readLink(2), email), "revoked");

        people.setState(tenant, new UserId(user), UserState.SUSPENDED);
        assertThat(send(admin, "POST", "/api/v1/users/" + user + "/invitation", Json.object())
                        .status())
                .isEqualTo(409);
    }

    @Test
    void anInvitationDoesNotRestoreASuspendedUser() {
        String user = owner().path("userId").asString();
        new Browser().signIn(readLink(1), email);
        send(admin, "POST", "/api/v1/users/" + user + "/invitation", Json.object());
        people.setState(tenant, new UserId(user), UserState.SUSPENDED);
        assertRefused(new Browser().signIn(readLink(2), email), "was suspended");
    }

    @Test
    void concurrentAcceptsOfOneLinkSignInOnce() throws Exception {
        owner();
        String link = readLink(1);
        assertThat(concurrently(() -> new Browser().signIn(link, email).status()))
                .containsOnlyOnce(302);
    }

    @Test
    void concurrentInvitationsOfOneAddressSucceedOnce() throws Exception {
        assertThat(concurrently(
                        () -> invite(admin, invitation("tenant-admin", null)).status()))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
        assertThat(listMails(email).size()).isLessThanOrEqualTo(1);
    }

    @Test
    void concurrentResendsLeaveOneOpenInvitation() throws Exception {
        String address = INVITATIONS + "/" + owner().path("id").asString() + "/resend";
        assertThat(concurrently(
                        () -> send(admin, "POST", address, Json.object()).status()))
                .containsOnlyOnce(201)
                .containsOnly(201, 404);
        assertThat(TestEnvironment.get(INVITATIONS, admin)
                        .body()
                        .path("items")
                        .valueStream()
                        .filter(one -> one.path("revokedAt").isNull()))
                .hasSize(1);
    }

    private static List<Integer> concurrently(java.util.concurrent.Callable<Integer> call) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = IntStream.range(0, 6)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            start.countDown();
            var statuses = new java.util.ArrayList<Integer>();
            for (Future<Integer> one : all) {
                statuses.add(one.get());
            }
            return statuses;
        }
    }
}
