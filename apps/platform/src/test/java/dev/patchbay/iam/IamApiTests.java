package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients, groups, roles and assignments over HTTP, each change with its line in the trail. */
@PatchbayTest
class IamApiTests extends TenantFixture {

    @Test
    void clientsAreCreatedChangedAndRead() {
        var wanted = object().put("name", "East").put("timeZone", "Europe/Berlin");
        var created = call("POST", "/clients", wanted);
        assertThat(created.status()).isEqualTo(201);
        String id = created.body().path("id").asString();
        var changed =
                call("PUT", "/clients/" + id, wanted.put("name", "Far East").set("settings", object().put("a", 1)));
        assertThat(changed.body().path("name").asString()).isEqualTo("Far East");
        assertThat(call("PUT", "/clients/" + id, wanted).status()).isEqualTo(200);
        assertThat(get("/clients/" + id).body().path("settings").path("a").asInt())
                .isEqualTo(1);
        refused(get("/clients/cli_absent"), 404, "cli_absent");
        refused(get("/clients/!"), 404, "no such client");
        refused(call("POST", "/clients", object().put("name", "E").put("timeZone", "Mars")), 422, "IANA");
        refused(call("POST", "/clients", object().put("name", "E")), 422, "timeZone");
        refused(call("POST", "/clients", object().put("timeZone", "UTC")), 422, "name");
        refused(call("POST", "/clients", object().put("name", " ").put("timeZone", "UTC")), 422, "name");
        refused(call("POST", "/clients", object().put("name", "n".repeat(101)).put("timeZone", "UTC")), 422, "name");
        refused(
                call(
                        "POST",
                        "/clients",
                        object().put("name", "E").put("timeZone", "UTC").put("settings", "x")),
                422,
                "object");
        audited("client.created", "client.changed");
    }

    @Test
    void aClientSpeaksAsItsCountryUnlessItSaysOtherwise() {
        var wanted = object().put("name", "Mitte").put("timeZone", "Europe/Berlin");
        var created = call("POST", "/clients", wanted).body();
        String path = "/clients/" + created.path("id").asString();

        assertThat(created.path("locale").asString()).isEqualTo("de-DE");
        assertThat(call("PUT", path, wanted.put("locale", "en-gb"))
                        .body()
                        .path("locale")
                        .asString())
                .isEqualTo("en-GB");
        assertThat(get(path).body().path("locale").asString()).isEqualTo("en-GB");
        refused(call("PUT", path, wanted.put("locale", "Deutsch")), 422, "BCP 47");
        audited("client.created", "client.changed");
    }

    @Test
    void aRoleOfTheAgencysOwnBundlesWhatItsMakerHolds() {
        var wanted = object().put("name", "Listener");
        wanted.putArray("permissions").add("read:runs").add("read:events");
        var created = call("POST", "/iam/roles", wanted);
        assertThat(created.status()).isEqualTo(201);
        String id = created.body().path("id").asString();
        refused(call("POST", "/iam/roles", wanted), 409, "Listener");
        wanted.put("description", "listens").withArray("permissions").add("read:flows");
        assertThat(call("PUT", "/iam/roles/" + id, wanted).body().path("permissions"))
                .hasSize(3);

        assertThat(get("/iam/roles")
                        .body()
                        .path("items")
                        .valueStream()
                        .map(role -> role.path("name").asString()))
                .contains("Listener", "tenant-admin", "client-viewer");
        assertThat(get("/iam/permissions").body().toString()).contains("read:flows", "impersonate:users");

        String ben = people.user(tenant, "Ben");
        var given = people.give(tenant, ben, id, Optional.of(north));
        refused(call("DELETE", "/iam/roles/" + id, object()), 409, "Listener");
        assertThat(call("DELETE", "/iam/assignments/" + given.id(), object()).status())
                .isEqualTo(204);
        assertThat(call("DELETE", "/iam/roles/" + id, object()).status()).isEqualTo(204);
        refused(call("DELETE", "/iam/roles/" + id, object()), 404, id);
        audited("role.created", "role.changed", "role.deleted", "role.given", "role.taken");
    }

    @Test
    void aRoleHoldsNothingThatDoesNotExistOrItsMakerLacks() {
        var nothing = object().put("name", "Empty");
        refused(call("POST", "/iam/roles", nothing), 422, "at least one");
        var unknown = object().put("name", "Odd");
        unknown.putArray("permissions").add("paint:walls");
        refused(call("POST", "/iam/roles", unknown), 422, "paint:walls");
        var malformed = object().put("name", "Odd");
        malformed.putArray("permissions").add("flows");
        refused(call("POST", "/iam/roles", malformed), 422, "action:resource");
        var beyond = object().put("name", "Root");
        beyond.putArray("permissions").add("operate:platform");
        refused(call("POST", "/iam/roles", beyond), 422, "operate:platform");

        String poor = people.token(tenant, Optional.empty(), "write:roles", "read:runs");
        var more = object().put("name", "More");
        more.putArray("permissions").add("erase:persons").add("read:runs");
        refused(call(poor, "POST", "/iam/roles", more), 403, "erase:persons");
    }

    @Test
    void rolesAreGivenForAnAgencyAClientOrAThing() {
        String ben = people.user(tenant, "Ben");
        var wish = object().put("subject", ben).put("role", "client-viewer").put("clientId", north.value());
        var given = call("POST", "/iam/assignments", wish);
        assertThat(given.status()).as(given.body().toString()).isEqualTo(201);
        refused(call("POST", "/iam/assignments", wish), 409, "already");
        var ends = object().put("subject", ben).put("role", "flow-manager").put("expiresAt", "2100-01-01T00:00:00Z");
        assertThat(call("POST", "/iam/assignments", ends)
                        .body()
                        .path("expiresAt")
                        .asString())
                .startsWith("2100");
        var thing = object().put("subject", ben).put("role", "flow-manager").put("resource", "flows/flw_1");
        assertThat(call("POST", "/iam/assignments", thing).status()).isEqualTo(201);
        assertThat(get("/iam/assignments?subject=" + ben).body().path("items")).hasSize(3);
        var first = get("/iam/assignments?limit=1").body();
        assertThat(get("/iam/assignments?limit=1&after=" + first.path("next").asString())
                        .body()
                        .path("items"))
                .hasSize(1);

        refused(call("POST", "/iam/assignments", object().put("subject", ben)), 422, "role");
        refused(call("POST", "/iam/assignments", object().put("subject", ben).put("role", "king")), 404, "king");
        refused(call("POST", "/iam/assignments", wish.deepCopy().put("subject", "usr_absent")), 404, "usr_absent");
        refused(call("POST", "/iam/assignments", wish.deepCopy().put("subject", "grp_absent")), 404, "grp_absent");
        refused(call("POST", "/iam/assignments", wish.deepCopy().put("clientId", "cli_absent")), 404, "cli_absent");
        refused(call("POST", "/iam/assignments", wish.deepCopy().put("role", "tenant-admin")), 422, "one client");
        refused(
                call("POST", "/iam/assignments", object().put("subject", ben).put("role", "client-viewer")),
                422,
                "whole agency");
        refused(call("POST", "/iam/assignments", thing.deepCopy().put("role", "client-viewer")), 422, "one thing");
        refused(
                call("POST", "/iam/assignments", thing.deepCopy().put("clientId", north.value())),
                422,
                "cannot be given");
        refused(
                call("POST", "/iam/assignments", wish.deepCopy().put("expiresAt", "2000-01-01T00:00:00Z")),
                422,
                "passed");
        refused(
                call("POST", "/iam/assignments", object().put("subject", ben).put("role", "platform-admin")),
                403,
                "platform");
        refused(call("DELETE", "/iam/assignments/asg_absent", object()), 404, "asg_absent");
    }

    @Test
    void aClientsAdministratorGivesForThatClientOnly() {
        String ben = people.user(tenant, "Ben");
        String chief = people.token(tenant, Optional.of(north), "assign:roles", "write:groups", "read:*", "run:flows");
        var here = object().put("subject", ben).put("role", "client-viewer").put("clientId", north.value());
        var given = call(chief, "POST", "/iam/assignments", here);
        assertThat(given.status()).as(given.body().toString()).isEqualTo(201);
        refused(call(chief, "POST", "/iam/assignments", here.deepCopy().put("clientId", south.value())), 404, "client");
        refused(
                call(
                        chief,
                        "POST",
                        "/iam/assignments",
                        object().put("subject", ben).put("role", "billing-admin")),
                403,
                "Name the client");
        refused(
                call(chief, "POST", "/iam/assignments", here.deepCopy().put("role", "client-operator")),
                403,
                "replay:events");
        var elsewhere = people.give(tenant, ben, "client-viewer", Optional.of(south));
        refused(call(chief, "DELETE", "/iam/assignments/" + elsewhere.id(), object()), 404, elsewhere.id());

        refused(call(chief, "POST", "/iam/groups", object().put("name", "All")), 403, "Name the client");
        var group =
                call(chief, "POST", "/iam/groups", object().put("name", "Team").put("clientId", north.value()));
        assertThat(group.status()).isEqualTo(201);
        refused(
                call(chief, "POST", "/iam/groups", object().put("name", "Team").put("clientId", south.value())),
                404,
                "client");
        assertThat(TestEnvironment.get("/api/v1/iam/groups", chief).body().path("items"))
                .hasSize(1);
        refused(TestEnvironment.get("/api/v1/iam/who?action=read&resource=flows", chief), 403, "for the whole agency");
    }

    @Test
    void whoIsLetIntoAGroupHasWhatTheGroupHas() {
        String ben = people.user(tenant, "Ben");
        var made =
                call("POST", "/iam/groups", object().put("name", "Night shift").put("clientId", north.value()));
        String group = made.body().path("id").asString();
        refused(
                call("POST", "/iam/groups", object().put("name", "Night shift").put("clientId", north.value())),
                409,
                "Night shift");
        assertThat(call("PUT", "/iam/groups/" + group + "/members/" + ben, object())
                        .body()
                        .path("members"))
                .hasSize(1);
        people.give(tenant, group, "client-operator", Optional.of(north));
        refused(
                call("POST", "/iam/assignments", object().put("subject", group).put("role", "billing-admin")),
                422,
                "one client's");

        var may = check(ben, "run", "flows", north.value());
        assertThat(may.path("allow").asBoolean()).isTrue();
        assertThat(may.path("reason").asString()).contains("client-operator", group, north.value());
        assertThat(may.at("/via/0/group").asString()).isEqualTo(group);
        assertThat(check(ben, "run", "flows", south.value()).path("reason").asString())
                .contains("elsewhere");

        String poor = people.token(tenant, Optional.empty(), "write:groups");
        String eve = people.user(tenant, "Eve");
        refused(call(poor, "PUT", "/iam/groups/" + group + "/members/" + eve, object()), 403, "client-operator");
        refused(call("PUT", "/iam/groups/" + group + "/members/usr_absent", object()), 404, "usr_absent");
        refused(call("PUT", "/iam/groups/grp_absent/members/" + eve, object()), 404, "grp_absent");

        assertThat(call("DELETE", "/iam/groups/" + group + "/members/" + ben, object())
                        .body()
                        .path("members"))
                .isEmpty();
        assertThat(check(ben, "run", "flows", north.value()).path("allow").asBoolean())
                .isFalse();
        assertThat(call("POST", "/iam/groups", object().put("name", "Day")).status())
                .isEqualTo(201);
        assertThat(call("DELETE", "/iam/groups/" + group, object()).status()).isEqualTo(204);
        audited("group.created", "group.joined", "group.left", "group.deleted");
    }

    @Test
    void anAgencyKeepsItsLastAdministrator() {
        String ada = people.user(tenant, "Ada");
        var first = people.give(tenant, ada, "tenant-admin", Optional.empty());
        refused(call("DELETE", "/iam/assignments/" + first.id(), object()), 409, "without an administrator");
        String bob = people.user(tenant, "Bob");
        people.give(tenant, bob, "tenant-admin", Optional.empty());
        assertThat(call("DELETE", "/iam/assignments/" + first.id(), object()).status())
                .isEqualTo(204);
        String poor = people.token(tenant, Optional.empty(), "assign:roles", "read:roles");
        var last = TestEnvironment.get("/api/v1/iam/assignments?subject=" + bob, poor)
                .body()
                .at("/items/0/id")
                .asString();
        refused(call(poor, "DELETE", "/iam/assignments/" + last, object()), 403, "cannot take");
    }

    @Test
    void itCanBeAskedWhoMayAndWhatSomebodyMay() {
        String ben = people.user(tenant, "Ben");
        people.give(tenant, ben, "client-viewer", Optional.of(north));
        var who = get("/iam/who?action=read&resource=runs&clientId=" + north).body();
        assertThat(who.at("/items/0/subject").asString()).isEqualTo(ben);
        assertThat(get("/iam/who?action=read&resource=runs").body().path("items"))
                .isEmpty();
        assertThat(get("/iam/subjects/" + ben + "/permissions").body().path("items"))
                .hasSize(4);
        assertThat(get("/iam/subjects/usr_absent/permissions").body().path("items"))
                .isEmpty();
        assertThat(check("usr_absent", "read", "runs", north.value())
                        .path("reason")
                        .asString())
                .contains("nobody who may sign in");
        assertThat(check(ben, "paint", "walls", north.value()).path("reason").asString())
                .contains("no permission paint:walls");
        assertThat(check(ben, "erase", "persons", north.value()).path("reason").asString())
                .contains("No role");
        refused(get("/iam/who?action=read&resource=runs&clientId=cli_absent"), 404, "cli_absent");
        assertThat(get("/iam/who?action=read&resource=runs/run_1").body().path("items"))
                .isEmpty();
    }
}
