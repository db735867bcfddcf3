package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients, groups, roles and assignments over HTTP, each change with its audit entry. */
@PatchbayTest
class RolesAndGroupsApiTests extends TenantFixture {

    @Test
    void clientsAreCreatedChangedAndRead() {
        var request = object().put("name", "East").put("timeZone", "Europe/Berlin");
        var created = call("POST", "/clients", request);
        assertThat(created.status()).isEqualTo(201);
        String id = created.body().path("id").asString();
        var changed =
                call("PUT", "/clients/" + id, request.put("name", "Far East").set("settings", object().put("a", 1)));
        assertThat(changed.body().path("name").asString()).isEqualTo("Far East");
        assertThat(call("PUT", "/clients/" + id, request).status()).isEqualTo(200);
        assertThat(get("/clients/" + id).body().path("settings").path("a").asInt())
                .isEqualTo(1);
        assertRefused(get("/clients/cli_absent"), 404, "cli_absent");
        assertRefused(get("/clients/!"), 404, "no such client");
        assertRefused(call("POST", "/clients", object().put("name", "E").put("timeZone", "Mars")), 422, "IANA");
        assertRefused(call("POST", "/clients", object().put("name", "E")), 422, "timeZone");
        assertRefused(call("POST", "/clients", object().put("timeZone", "UTC")), 422, "name");
        assertRefused(call("POST", "/clients", object().put("name", " ").put("timeZone", "UTC")), 422, "name");
        assertRefused(
                call("POST", "/clients", object().put("name", "n".repeat(101)).put("timeZone", "UTC")), 422, "name");
        assertRefused(
                call(
                        "POST",
                        "/clients",
                        object().put("name", "E").put("timeZone", "UTC").put("settings", "x")),
                422,
                "object");
        assertAudited("client.created", "client.changed");
    }

    @Test
    void customRoleBundlesPermissionsOfItsCreator() {
        var request = object().put("name", "Listener");
        request.putArray("permissions").add("read:runs").add("read:events");
        var created = call("POST", "/iam/roles", request);
        assertThat(created.status()).isEqualTo(201);
        String id = created.body().path("id").asString();
        assertRefused(call("POST", "/iam/roles", request), 409, "Listener");
        request.put("description", "listens").withArray("permissions").add("read:flows");
        assertThat(call("PUT", "/iam/roles/" + id, request).body().path("permissions"))
                .hasSize(3);

        assertThat(get("/iam/roles")
                        .body()
                        .path("items")
                        .valueStream()
                        .map(role -> role.path("name").asString()))
                .contains("Listener", "tenant-admin", "client-viewer");
        assertThat(get("/iam/permissions").body().toString()).contains("read:flows", "impersonate:users");

        UserId ben = people.createUser(tenant, "Ben");
        var response = people.assign(tenant, ben, id, Optional.of(north));
        assertRefused(call("DELETE", "/iam/roles/" + id, object()), 409, "Listener");
        assertThat(call("DELETE", "/iam/assignments/" + response.id(), object()).status())
                .isEqualTo(204);
        assertThat(call("DELETE", "/iam/roles/" + id, object()).status()).isEqualTo(204);
        assertRefused(call("DELETE", "/iam/roles/" + id, object()), 404, id);
        assertAudited("role.created", "role.changed", "role.deleted", "role.given", "role.taken");
    }

    @Test
    void customRoleRefusesUnknownAndMissingPermissions() {
        var nothing = object().put("name", "Empty");
        assertRefused(call("POST", "/iam/roles", nothing), 422, "at least one");
        var unknown = object().put("name", "Odd");
        unknown.putArray("permissions").add("paint:walls");
        assertRefused(call("POST", "/iam/roles", unknown), 422, "paint:walls");
        var malformed = object().put("name", "Odd");
        malformed.putArray("permissions").add("flows");
        assertRefused(call("POST", "/iam/roles", malformed), 422, "action:resource");
        var beyond = object().put("name", "Root");
        beyond.putArray("permissions").add("operate:platform");
        assertRefused(call("POST", "/iam/roles", beyond), 422, "operate:platform");

        String limitedToken = people.issueToken(tenant, Optional.empty(), "write:roles", "read:runs");
        var more = object().put("name", "More");
        more.putArray("permissions").add("erase:persons").add("read:runs");
        assertRefused(call(limitedToken, "POST", "/iam/roles", more), 403, "erase:persons");
    }

    @Test
    void rolesAreAssignedForTenantClientOrResource() {
        UserId ben = people.createUser(tenant, "Ben");
        var request = object().put("subject", ben.value())
                .put("role", "client-viewer")
                .put("clientId", north.value());
        var response = call("POST", "/iam/assignments", request);
        assertThat(response.status()).as(response.body().toString()).isEqualTo(201);
        assertRefused(call("POST", "/iam/assignments", request), 409, "already");
        var expiring = object().put("subject", ben.value())
                .put("role", "flow-manager")
                .put("expiresAt", "2100-01-01T00:00:00Z");
        assertThat(call("POST", "/iam/assignments", expiring)
                        .body()
                        .path("expiresAt")
                        .asString())
                .startsWith("2100");
        var forResource =
                object().put("subject", ben.value()).put("role", "flow-manager").put("resource", "flows/flw_1");
        assertThat(call("POST", "/iam/assignments", forResource).status()).isEqualTo(201);
        assertThat(get("/iam/assignments?subject=" + ben).body().path("items")).hasSize(3);
        var first = get("/iam/assignments?limit=1").body();
        assertThat(get("/iam/assignments?limit=1&after=" + first.path("next").asString())
                        .body()
                        .path("items"))
                .hasSize(1);

        assertRefused(call("POST", "/iam/assignments", object().put("subject", ben.value())), 422, "role");
        assertRefused(
                call(
                        "POST",
                        "/iam/assignments",
                        object().put("subject", ben.value()).put("role", "king")),
                404,
                "king");
        assertRefused(
                call("POST", "/iam/assignments", request.deepCopy().put("subject", "usr_absent")), 404, "usr_absent");
        assertRefused(
                call("POST", "/iam/assignments", request.deepCopy().put("subject", "grp_absent")), 404, "grp_absent");
        assertRefused(
                call("POST", "/iam/assignments", request.deepCopy().put("clientId", "cli_absent")), 404, "cli_absent");
        assertRefused(
                call("POST", "/iam/assignments", request.deepCopy().put("role", "tenant-admin")), 422, "one client");
        assertRefused(
                call(
                        "POST",
                        "/iam/assignments",
                        object().put("subject", ben.value()).put("role", "client-viewer")),
                422,
                "whole agency");
        assertRefused(
                call("POST", "/iam/assignments", forResource.deepCopy().put("role", "client-viewer")),
                422,
                "one resource");
        assertRefused(
                call("POST", "/iam/assignments", forResource.deepCopy().put("clientId", north.value())),
                422,
                "cannot be granted");
        assertRefused(
                call("POST", "/iam/assignments", request.deepCopy().put("expiresAt", "2000-01-01T00:00:00Z")),
                422,
                "in the past");
        assertRefused(
                call(
                        "POST",
                        "/iam/assignments",
                        object().put("subject", ben.value()).put("role", "platform-admin")),
                403,
                "platform");
        assertRefused(call("DELETE", "/iam/assignments/asg_absent", object()), 404, "asg_absent");
    }

    @Test
    void aClientAdminAssignsRolesForThatClientOnly() {
        UserId ben = people.createUser(tenant, "Ben");
        people.assign(tenant, ben, "billing-admin", Optional.of(north));
        String clientAdmin =
                people.issueToken(tenant, Optional.of(north), "assign:roles", "write:groups", "read:*", "run:flows");
        var forNorth = object().put("subject", ben.value())
                .put("role", "client-viewer")
                .put("clientId", north.value());
        var response = call(clientAdmin, "POST", "/iam/assignments", forNorth);
        assertThat(response.status()).as(response.body().toString()).isEqualTo(201);
        assertRefused(
                call(
                        clientAdmin,
                        "POST",
                        "/iam/assignments",
                        forNorth.deepCopy().put("clientId", south.value())),
                404,
                "client");
        assertRefused(
                call(
                        clientAdmin,
                        "POST",
                        "/iam/assignments",
                        object().put("subject", ben.value()).put("role", "billing-admin")),
                403,
                "Name the client");
        assertRefused(
                call(
                        clientAdmin,
                        "POST",
                        "/iam/assignments",
                        forNorth.deepCopy().put("role", "client-operator")),
                403,
                "replay:events");
        var elsewhere = people.assign(tenant, ben, "client-viewer", Optional.of(south));
        assertRefused(
                call(clientAdmin, "DELETE", "/iam/assignments/" + elsewhere.id(), object()),
                404,
                elsewhere.id().value());

        assertRefused(call(clientAdmin, "POST", "/iam/groups", object().put("name", "All")), 403, "Name the client");
        var group = call(
                clientAdmin, "POST", "/iam/groups", object().put("name", "Team").put("clientId", north.value()));
        assertThat(group.status()).isEqualTo(201);
        assertRefused(
                call(
                        clientAdmin,
                        "POST",
                        "/iam/groups",
                        object().put("name", "Team").put("clientId", south.value())),
                404,
                "client");
        assertThat(TestEnvironment.get("/api/v1/iam/groups", clientAdmin).body().path("items"))
                .hasSize(1);
        assertRefused(
                TestEnvironment.get("/api/v1/iam/who?action=read&resource=flows", clientAdmin),
                403,
                "for the whole agency");
    }

    @Test
    void groupMembersHoldTheRolesOfTheGroup() {
        UserId ben = people.createUser(tenant, "Ben");
        var created =
                call("POST", "/iam/groups", object().put("name", "Night shift").put("clientId", north.value()));
        String group = created.body().path("id").asString();
        assertRefused(
                call("POST", "/iam/groups", object().put("name", "Night shift").put("clientId", north.value())),
                409,
                "Night shift");
        assertThat(call("PUT", "/iam/groups/" + group + "/members/" + ben, object())
                        .body()
                        .path("members"))
                .hasSize(1);
        people.assign(tenant, group, "client-operator", Optional.of(north));
        assertRefused(
                call("POST", "/iam/assignments", object().put("subject", group).put("role", "billing-admin")),
                422,
                "belongs to one client");

        var decision = check(ben.value(), "run", "flows", north.value());
        assertThat(decision.path("allow").asBoolean()).isTrue();
        assertThat(decision.path("reason").asString()).contains("client-operator", group, north.value());
        assertThat(decision.at("/via/0/group").asString()).isEqualTo(group);
        assertThat(check(ben.value(), "run", "flows", south.value())
                        .path("reason")
                        .asString())
                .contains("another scope");

        String limitedToken = people.issueToken(tenant, Optional.empty(), "write:groups", "assign:roles");
        UserId eve = people.createUser(tenant, "Eve");
        assertRefused(
                call(limitedToken, "PUT", "/iam/groups/" + group + "/members/" + eve, object()),
                403,
                "client-operator");
        assertRefused(call("PUT", "/iam/groups/" + group + "/members/usr_absent", object()), 404, "usr_absent");
        assertRefused(call("PUT", "/iam/groups/grp_absent/members/" + eve, object()), 404, "grp_absent");

        assertThat(call("DELETE", "/iam/groups/" + group + "/members/" + ben, object())
                        .body()
                        .path("members"))
                .isEmpty();
        assertThat(check(ben.value(), "run", "flows", north.value())
                        .path("allow")
                        .asBoolean())
                .isFalse();
        assertThat(call("POST", "/iam/groups", object().put("name", "Day")).status())
                .isEqualTo(201);
        assertThat(call("DELETE", "/iam/groups/" + group, object()).status()).isEqualTo(204);
        assertAudited("group.created", "group.joined", "group.left", "group.deleted");
    }

    @Test
    void theLastAdministratorCannotBeRemoved() {
        UserId ada = people.createUser(tenant, "Ada");
        var first = people.assign(tenant, ada, "tenant-admin", Optional.empty());
        assertRefused(call("DELETE", "/iam/assignments/" + first.id(), object()), 409, "without an administrator");
        UserId bob = people.createUser(tenant, "Bob");
        people.assign(tenant, bob, "tenant-admin", Optional.empty());
        assertThat(call("DELETE", "/iam/assignments/" + first.id(), object()).status())
                .isEqualTo(204);
        String limitedToken = people.issueToken(tenant, Optional.empty(), "assign:roles", "read:roles");
        var last = TestEnvironment.get("/api/v1/iam/assignments?subject=" + bob, limitedToken)
                .body()
                .at("/items/0/id")
                .asString();
        assertRefused(call(limitedToken, "DELETE", "/iam/assignments/" + last, object()), 403, "cannot revoke");
    }

    @Test
    void authorizedUsersAndPermissionsAreListed() {
        UserId ben = people.createUser(tenant, "Ben");
        people.assign(tenant, ben, "client-viewer", Optional.of(north));
        var users = get("/iam/who?action=read&resource=runs&clientId=" + north).body();
        assertThat(users.at("/items/0/subject").asString()).isEqualTo(ben.value());
        assertThat(get("/iam/who?action=read&resource=runs").body().path("items"))
                .isEmpty();
        assertThat(get("/iam/subjects/" + ben + "/permissions").body().path("items"))
                .hasSize(6);
        assertThat(get("/iam/subjects/usr_absent/permissions").body().path("items"))
                .isEmpty();
        assertThat(check("usr_absent", "read", "runs", north.value())
                        .path("reason")
                        .asString())
                .contains("not an active user");
        assertThat(check(ben.value(), "paint", "walls", north.value())
                        .path("reason")
                        .asString())
                .contains("no permission paint:walls");
        assertThat(check(ben.value(), "erase", "persons", north.value())
                        .path("reason")
                        .asString())
                .contains("No role");
        assertRefused(get("/iam/who?action=read&resource=runs&clientId=cli_absent"), 404, "cli_absent");
        assertThat(get("/iam/who?action=read&resource=runs/run_1").body().path("items"))
                .isEmpty();
    }
}
