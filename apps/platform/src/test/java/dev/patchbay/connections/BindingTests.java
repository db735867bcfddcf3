package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ports are bound to accounts that can serve them, by those who bind for the whole agency. */
@PatchbayTest
class BindingTests extends AccountFixture {

    /** It could name another client's CRM or calendar: accounts serve several. */
    @Test
    void whoServesOneClientBindsNothing() {
        var newToken = new ServiceTokens.NewToken(
                "north", Set.of(Permission.of("*:connections")), Optional.of(NORTH), Optional.empty());
        String north = tokens.issue(ACME, "system", newToken).clear();
        String mine = "/messaging?clientId=" + NORTH.value();
        for (String method : new String[] {"PUT", "DELETE"}) {
            var refused = bindings(north, method, mine, binding("con_any", Json.object()));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body().path("detail").asString()).contains("for the whole agency");
        }
        assertThat(bindings(north, "GET", "", Json.object()).status()).isEqualTo(200);
    }

    @Test
    void aPortIsBoundForTheTenantOrAClientToWhatTheAccountHolds() {
        String all = tokens.issue(ACME, "binder", Set.of("read:connections", "bind:connections"));
        String id = id(connected("twilio", sid(), Map.of("auth_token", "token_accounts")));
        String mine = "/messaging?clientId=" + NORTH.value();
        var from = binding(id, Json.object().put("from", "+13125550178"));
        assertThat(bindings(all, "PUT", "/messaging", from).status()).isEqualTo(200);
        assertThat(bindings(all, "PUT", mine, from).body().path("clientId").asString())
                .isEqualTo(NORTH.value());
        assertThat(bindings(all, "GET", "", Json.object())
                        .body()
                        .path("items")
                        .valueStream()
                        .filter(it -> it.path("port").asString().equals("messaging")))
                .hasSize(2);
        assertThat(bindings(all, "PUT", "/messaging", binding(id, Json.object().put("from", "+13125550000")))
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("settings/from: the account holds no such number; list them with GET /api/v1/connections/");
        assertThat(bindings(all, "PUT", "/crm", from).body().path("detail").asString())
                .isEqualTo("port: twilio does not serve crm.");
        assertThat(bindings(all, "PUT", "/messaging", binding(id, Json.object()))
                        .status())
                .isEqualTo(422);
        assertThat(bindings(all, "PUT", "/messaging", Json.object()).status()).isEqualTo(422);
        assertThat(bindings(all, "PUT", "/messaging?clientId=cli_nobody", from).status())
                .isEqualTo(404);
        assertThat(bindings(all, "DELETE", mine, Json.object()).status()).isEqualTo(204);
        assertThat(bindings(all, "DELETE", mine, Json.object()).status()).isEqualTo(204);
        assertThat(bindings(all, "DELETE", "/messaging", Json.object()).status())
                .isEqualTo(204);
        assertThat(connections.findBound(TenantScope.of(ACME, NORTH), "messaging")).isEmpty();
    }
}
