package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.people.Dependents;
import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

/** Granted power ends no later than its basis, and giving or taking requires to hold it. */
@PatchbayTest
class EndOfPowerTests extends TenantFixture {

    private static final Instant TONIGHT =
            Instant.now().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);

    @Autowired
    private ServiceTokens tokens;

    @Autowired
    private Dependents dependents;

    private static ObjectNode tokenRequest(String... permissions) {
        var request = object().put("name", "given");
        for (String permission : permissions) {
            request.withArray("permissions").add(permission);
        }
        return request;
    }

    private Reply issue(String issuer, ObjectNode request) {
        return call(issuer, "POST", "/iam/tokens", request);
    }

    private static String secretOf(Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.body().path("token").asString();
    }

    private static String idOf(Reply reply) {
        return reply.body().at("/details/id").asString();
    }

    private int statusFor(String token) {
        return call(token, "GET", "/me", object()).status();
    }

    @Test
    void aTokenThatEndsIssuesNoneThatOutlivesIt() {
        String short1 = secretOf(issue(admin, tokenRequest("*:*").put("expiresAt", TONIGHT.toString())));

        Reply child = issue(short1, tokenRequest("read:flows"));
        assertThat(child.body().at("/details/expiresAt").asString()).isEqualTo(TONIGHT.toString());
        assertRefused(
                issue(
                        short1,
                        tokenRequest("read:flows")
                                .put("expiresAt", TONIGHT.plusSeconds(1).toString())),
                422,
                "later than");
        Reply grandchild = issue(
                short1,
                tokenRequest("read:flows")
                        .put("expiresAt", TONIGHT.minusSeconds(1).toString()));
        assertThat(grandchild.status()).isEqualTo(201);
    }

    @Test
    void revokingATokenEndsThoseThatItIssued() {
        Reply parent = issue(admin, tokenRequest("*:*"));
        Reply child = issue(secretOf(parent), tokenRequest("issue:tokens", "read:flows"));
        Reply grandchild = issue(secretOf(child), tokenRequest("read:flows"));
        assertThat(statusFor(secretOf(grandchild))).isEqualTo(200);
        var resting = get("/iam/tokens/" + idOf(parent) + "/dependents").body();
        assertThat(resting.path("tokens")).hasSize(2);

        assertThat(call("DELETE", "/iam/tokens/" + idOf(parent), object()).status())
                .isEqualTo(204);

        assertThat(statusFor(secretOf(parent))).isEqualTo(401);
        assertThat(statusFor(secretOf(child))).isEqualTo(401);
        assertThat(statusFor(secretOf(grandchild))).isEqualTo(401);
        assertThat(check(idOf(grandchild), "read", "flows", north.value())
                        .path("allow")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void issueTokensAloneRevokesNoStrongerToken() {
        Reply strong = issue(admin, tokenRequest("*:*"));
        Reply weak = issue(admin, tokenRequest("issue:tokens", "read:flows"));
        Reply own = issue(secretOf(weak), tokenRequest("read:flows"));

        assertRefused(call(secretOf(weak), "DELETE", "/iam/tokens/" + idOf(strong), object()), 403, "do not hold");
        assertThat(call(secretOf(weak), "DELETE", "/iam/tokens/" + idOf(own), object())
                        .status())
                .isEqualTo(204);
        assertThat(call(secretOf(weak), "DELETE", "/iam/tokens/" + idOf(weak), object())
                        .status())
                .isEqualTo(204);
        assertThat(statusFor(secretOf(strong))).isEqualTo(200);
        assertRefused(get("/iam/tokens/tok_absent/dependents"), 404, "no service token");
    }

    private UserId adminUntil(Optional<Instant> end) {
        UserId user = people.createUser(tenant, "Ada");
        var request = object().put("subject", user.value()).put("role", "tenant-admin");
        end.ifPresent(moment -> request.put("expiresAt", moment.toString()));
        assertThat(call("POST", "/iam/assignments", request).status()).isEqualTo(201);
        return user;
    }

    private Identity identity(UserId user) {
        return PeopleFixture.identityOf(tenant, user);
    }

    private String issueAs(UserId user, String permission) {
        return tokens.issue(
                        identity(user),
                        new NewToken("own", Set.of(Permission.of(permission)), Optional.empty(), Optional.empty()))
                .secret();
    }

    @Test
    void aRoleUntilTonightGivesNothingBeyond() {
        UserId guest = adminUntil(Optional.of(TONIGHT));

        var token =
                tokens.issue(identity(guest), NewToken.of("own", Set.of("*:*"))).token();
        assertThat(token.expiresAt()).isEqualTo(TONIGHT);

        UserId friend = people.createUser(tenant, "Friend");
        String secret = issueAs(guest, "*:*");
        var granted = call(
                secret,
                "POST",
                "/iam/assignments",
                object().put("subject", friend.value()).put("role", "tenant-admin"));
        assertThat(granted.body().path("expiresAt").asString()).isEqualTo(TONIGHT.toString());

        var group = call("POST", "/iam/groups", object().put("name", "Admins"))
                .body()
                .path("id")
                .asString();
        people.assign(tenant, group, "tenant-admin", Optional.empty());
        assertRefused(
                call(secret, "PUT", "/iam/groups/" + group + "/members/" + friend, object()),
                403,
                "ends at " + TONIGHT);

        var role = object().put("name", "Reader");
        role.withArray("permissions").add("read:runs");
        String id = call("POST", "/iam/roles", role).body().path("id").asString();
        role.withArray("permissions").add("*:*");
        assertRefused(call(secret, "PUT", "/iam/roles/" + id, role), 403, "ends at " + TONIGHT);
    }

    @Test
    void aTokenAllowsOnlyWhatItsIssuerHoldsToday() {
        adminUntil(Optional.empty());
        UserId user = people.createUser(tenant, "Ada");
        people.assign(tenant, user, "client-operator", Optional.of(north));
        String assignment = people.assign(tenant, user, "tenant-admin", Optional.empty())
                .id()
                .value();
        String secret = issueAs(user, "*:*");
        assertThat(call(secret, "GET", "/users", object()).status()).isEqualTo(200);
        assertThat(call(secret, "GET", "/clients", object()).body().path("items"))
                .hasSize(2);

        assertThat(call("DELETE", "/iam/assignments/" + assignment, object()).status())
                .isEqualTo(204);

        assertThat(call(secret, "GET", "/users", object()).status()).isEqualTo(403);
        assertThat(call(secret, "GET", "/clients", object()).body().path("items"))
                .hasSize(1);
    }

    @Test
    void suspendingAUserEndsWhatRestsOnThem() {
        UserId user = adminUntil(Optional.empty());
        people.assign(tenant, people.createUser(tenant, "Other"), "tenant-admin", Optional.empty());
        String secret = issueAs(user, "*:*");
        var invitation = object().put("email", "late@example.com").put("name", "Late");
        invitation.withArray("roles").addObject().put("role", "tenant-admin");
        assertThat(call(secret, "POST", "/users/invitations", invitation).status())
                .isEqualTo(201);
        UserId friend = people.createUser(tenant, "Friend");
        call(
                secret,
                "POST",
                "/iam/assignments",
                object().put("subject", friend.value()).put("role", "flow-manager"));
        var resting = get("/users/" + user + "/dependents").body();
        assertThat(resting.path("tokens")).hasSize(1);
        assertThat(resting.path("invitations")).hasSize(1);
        String token = resting.at("/tokens/0/id").asString();
        assertThat(get("/iam/tokens/" + token + "/dependents").body().path("invitations"))
                .hasSize(1);
        assertThat(get("/iam/tokens/" + token + "/dependents").body().path("roles"))
                .hasSize(2);

        assertThat(call("POST", "/users/" + user + "/suspend", object()).status())
                .isEqualTo(200);

        assertThat(statusFor(secret)).isEqualTo(401);
        assertThat(get("/iam/tokens/" + token + "/dependents").body().path("invitations"))
                .isEmpty();
        assertThat(call("DELETE", "/users/" + user + "/dependents/roles", object())
                        .body()
                        .path("items"))
                .hasSize(1);
        assertThat(call("DELETE", "/iam/tokens/" + token + "/dependents/roles", object())
                        .body()
                        .path("items"))
                .isEmpty();
        assertThat(call("POST", "/users/" + user + "/restore", object()).status())
                .isEqualTo(200);
        assertThat(statusFor(secret)).isEqualTo(401);
        assertAudited("token.revoked", "invitation.revoked", "role.taken");
    }

    @Test
    void suspendUsersAloneEndsNoSessionsOfAnAdministrator() {
        UserId user = adminUntil(Optional.empty());
        String weak = people.issueToken(tenant, Optional.empty(), "suspend:users", "read:users");

        assertRefused(call(weak, "DELETE", "/users/" + user + "/sessions", object()), 403, "do not hold");
        assertThat(call("DELETE", "/users/" + user + "/sessions", object()).status())
                .isEqualTo(204);
        String blind = people.issueToken(tenant, Optional.empty(), "suspend:users");
        assertRefused(call(blind, "POST", "/users/" + user + "/suspend", object()), 403, "read:users");
    }

    @Test
    void anAdministratorUntilTonightIsNotTheLastOne() {
        UserId lasting = adminUntil(Optional.empty());
        adminUntil(Optional.of(TONIGHT));

        assertRefused(call("POST", "/users/" + lasting + "/suspend", object()), 409, "no end");
    }

    @Test
    void anAdministratorOfAClientReachesNobodyOutside() {
        String clientAdmin = people.issueToken(
                tenant, Optional.of(north), "read:*", "write:groups", "invite:users", "assign:roles", "run:flows");
        UserId outside = people.createUser(tenant, "Outside");
        var request = object().put("subject", outside.value())
                .put("role", "client-viewer")
                .put("clientId", north.value());

        assertRefused(call(clientAdmin, "POST", "/iam/assignments", request), 404, "no user");
        var group = call(
                        clientAdmin,
                        "POST",
                        "/iam/groups",
                        object().put("name", "Desk").put("clientId", north.value()))
                .body()
                .path("id")
                .asString();
        assertRefused(
                call(clientAdmin, "PUT", "/iam/groups/" + group + "/members/" + outside, object()), 404, "no user");
        assertRefused(call(clientAdmin, "GET", "/users/" + outside, object()), 404, "no user");

        people.assign(tenant, outside, "client-viewer", Optional.of(north));
        assertThat(call(clientAdmin, "PUT", "/iam/groups/" + group + "/members/" + outside, object())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void writeGroupsAloneAddsNobody() {
        String weak = people.issueToken(tenant, Optional.empty(), "write:groups");
        String group = call("POST", "/iam/groups", object().put("name", "Empty"))
                .body()
                .path("id")
                .asString();
        UserId user = people.createUser(tenant, "Waits");

        assertRefused(call(weak, "PUT", "/iam/groups/" + group + "/members/" + user, object()), 403, "assign:roles");
    }

    @Test
    void aRoleIsChangedAndDeletedOnlyByWhoHoldsIt() {
        var role = object().put("name", "Strong");
        role.withArray("permissions").add("write:connections");
        String id = call("POST", "/iam/roles", role).body().path("id").asString();
        String weak = people.issueToken(tenant, Optional.empty(), "write:roles", "read:runs");
        var weaker = object().put("name", "Strong");
        weaker.withArray("permissions").add("read:runs");

        assertRefused(call(weak, "PUT", "/iam/roles/" + id, weaker), 403, "write:connections");
        assertRefused(call(weak, "DELETE", "/iam/roles/" + id, object()), 403, "write:connections");
    }

    @Test
    void aTokenHasPermissionsAndAnEndToCome() {
        assertRefused(issue(admin, tokenRequest()), 422, "permission");
        assertRefused(issue(admin, tokenRequest("read:flows").put("expiresAt", "2020-01-01T00:00:00Z")), 422, "past");
        assertThatThrownBy(() -> tokens.issue(
                        identity(people.createUser(tenant, "Nobody")), NewToken.of("x", Set.of("read:flows"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("read:flows");
        assertThat(dependents.revokeToken(
                        PeopleFixture.adminIdentity(tenant), TenantScope.of(tenant), new TokenId("tok_absent")))
                .isFalse();
    }
}
