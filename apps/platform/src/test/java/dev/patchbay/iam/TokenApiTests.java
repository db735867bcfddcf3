package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Service tokens over HTTP: shown once, limited to their issuer's permissions, revoked at once. */
@PatchbayTest
class TokenApiTests extends TenantFixture {

    @Test
    void aTokenIsShownOnceScopedAndRevokedImmediately() {
        var request = object().put("name", "reporting").put("clientId", north.value());
        request.putArray("permissions").add("read:*");
        var issued = call("POST", "/iam/tokens", request);
        assertThat(issued.status()).isEqualTo(201);
        String clear = issued.body().path("token").asString();
        String id = issued.body().at("/details/id").asString();
        assertThat(TestEnvironment.get("/api/v1/clients", clear).body().path("items"))
                .hasSize(1);
        assertThat(TestEnvironment.get("/api/v1/clients/" + south, clear).status())
                .isEqualTo(404);
        assertThat(get("/iam/tokens").body().toString())
                .contains(id, "usedAt")
                .doesNotContain(clear)
                .doesNotContain("hash");
        assertThat(check(id, "read", "flows", north.value()).path("allow").asBoolean())
                .isTrue();
        assertThat(check(id, "read", "flows", south.value()).path("allow").asBoolean())
                .isFalse();
        assertThat(check(id, "run", "flows", north.value()).path("reason").asString())
                .contains("does not hold");
        assertThat(get("/iam/subjects/" + id + "/permissions").body().toString())
                .contains("read:flows")
                .doesNotContain("operate:platform");

        assertThat(call("DELETE", "/iam/tokens/" + id, object()).status()).isEqualTo(204);
        assertThat(TestEnvironment.get("/api/v1/clients", clear).status()).isEqualTo(401);
        assertRefused(call("DELETE", "/iam/tokens/" + id, object()), 404, id);
        assertThat(check(id, "read", "flows", north.value()).path("reason").asString())
                .contains("no service token");
        assertAudited("token.issued", "token.revoked");
    }

    @Test
    void issuingATokenRequiresItsPermissions() {
        String issuer = people.issueToken(tenant, Optional.empty(), "issue:tokens", "read:runs");
        var more = object().put("name", "more");
        more.putArray("permissions").add("*:*");
        assertRefused(call(issuer, "POST", "/iam/tokens", more), 403, "write:connections");
        assertRefused(call("POST", "/iam/tokens", object().put("name", "none")), 422, "at least one");
        var past = more.deepCopy().put("expiresAt", "2000-01-01T00:00:00Z");
        assertRefused(call("POST", "/iam/tokens", past), 422, "in the past");
        assertRefused(call("POST", "/iam/tokens", more.deepCopy().put("clientId", "cli_absent")), 404, "client");
        var later = more.deepCopy().put("expiresAt", "2100-01-01T00:00:00Z");
        var issued = call("POST", "/iam/tokens", later);
        assertThat(issued.body().at("/details/expiresAt").asString()).startsWith("2100");
        assertThat(check(issued.body().at("/details/id").asString(), "run", "flows", north.value())
                        .path("allow")
                        .asBoolean())
                .isTrue();
        var agencys = TestEnvironment.get(
                "/api/v1/iam/tokens?limit=1", people.issueToken(tenant, Optional.of(north), "read:tokens"));
        assertThat(agencys.body().path("items")).hasSize(1);
    }
}
