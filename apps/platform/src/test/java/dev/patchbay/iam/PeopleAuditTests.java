package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes of users and sessions are in the tenant's audit trail. */
@PatchbayTest
class PeopleAuditTests extends SessionFixture {

    /** Actor and resource of each entry, newest first. */
    private List<String> entries(TenantId of, String action) {
        String token = people.issueToken(of, Optional.empty(), "read:audit");
        return TestEnvironment.get("/api/v1/audit?limit=200&action=" + action, token)
                .body()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("actor").asString() + " "
                        + entry.path("resource").asString())
                .toList();
    }

    @Test
    void suspendingRestoringAndSigningOutAreAudited() {
        UserId ben = people.createUser(tenant, "Ben");
        var session = sessions().open(tenant, ben, ORIGIN).session().id();
        var browser = browser();
        browser.send("DELETE", "/api/v1/users/" + ben + "/sessions", null);
        assertThat(entries(tenant, "session.ended")).containsExactly(user + " session/" + session);
        browser.send("POST", "/api/v1/users/" + ben + "/suspend", null);
        assertThat(entries(tenant, "user.suspended")).containsExactly(user + " user/" + ben);
        browser.send("POST", "/api/v1/users/" + ben + "/restore", null);
        assertThat(entries(tenant, "user.restored")).containsExactly(user + " user/" + ben);
    }

    @Test
    void endingOwnSessionsIsAudited() {
        var other = sessions().open(tenant, user, ORIGIN).session().id();
        var browser = browser();
        browser.send("DELETE", "/api/v1/sessions/" + other, null);
        assertThat(entries(tenant, "session.ended")).containsExactly(user + " session/" + other);
        browser.send("DELETE", "/api/v1/sessions", null);
        assertThat(entries(tenant, "session.ended"))
                .contains(user + " session/" + openedSession.session().id());
    }

    @Test
    void creatingAndSwitchingTenantsAreAudited() {
        var pat = Browser.of("pat@patchbay.example");
        String operator = pat.me().path("subject").asString();
        var request = Json.object().put("name", "New Agency");
        request.putObject("owner").put("email", "pat@patchbay.example").put("name", "Pat");
        var created = new TenantId(
                pat.send("POST", "/api/v1/tenants", request).json().path("id").asString());
        assertThat(entries(created, "tenant.created")).containsExactly(operator + " tenant/" + created);
        assertThat(entries(Tenants.PLATFORM, "tenant.created")).contains(operator + " tenant/" + created);
        assertThat(entries(created, "user.invited")).hasSize(1);
    }

    @Test
    void switchingTenantsIsAuditedInBoth() {
        var ada = Browser.of("ada@bright.example");
        var demo = new TenantId(ada.me().path("tenantId").asString());
        var before = entries(demo, "session.ended").size();
        ada.send("POST", "/api/v1/session/tenant", Json.object().put("tenantId", demo.value()));
        assertThat(entries(demo, "session.ended")).hasSize(before + 1);
        assertThat(entries(demo, "session.started").getFirst())
                .startsWith(ada.me().path("subject").asString() + " session/");
    }
}
