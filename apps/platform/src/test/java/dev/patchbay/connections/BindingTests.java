package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Callers with a permission for the whole agency bind ports to accounts that can serve them. */
@PatchbayTest
class BindingTests extends AccountFixture {

    /** An account serves several clients, so this caller could bind another client's CRM or calendar. */
    @Test
    void aCallerLimitedToOneClientCannotBind() {
        var newToken =
                new NewToken("north", Set.of(Permission.of("*:connections")), Optional.of(NORTH), Optional.empty());
        String north = tokens.issue(ACME, "system", newToken).secret();
        String ownBinding = "/messaging?clientId=" + NORTH.value();
        for (String method : new String[] {"PUT", "DELETE"}) {
            var refused = callBindings(north, method, ownBinding, binding(new ConnectionId("con_any"), Json.object()));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body().path("detail").asString()).contains("for the whole agency");
        }
        assertThat(callBindings(north, "GET", "", Json.object()).status()).isEqualTo(200);
    }

    @Test
    void aPortIsBoundForTheTenantOrAClientToAResourceOfTheAccount() {
        String all = tokens.issue(ACME, "binder", Set.of("read:connections", "bind:connections"));
        ConnectionId id = id(connect("twilio", twilioSettings(), Map.of("auth_token", "token_accounts")));
        String ownBinding = "/messaging?clientId=" + NORTH.value();
        var from = binding(id, Json.object().put("from", "+13125550178"));
        assertThat(callBindings(all, "PUT", "/messaging", from).status()).isEqualTo(200);
        assertThat(callBindings(all, "PUT", ownBinding, from)
                        .body()
                        .path("clientId")
                        .asString())
                .isEqualTo(NORTH.value());
        assertThat(callBindings(all, "GET", "", Json.object())
                        .body()
                        .path("items")
                        .valueStream()
                        .filter(it -> it.path("port").asString().equals("messaging")))
                .hasSize(2);
        assertThat(callBindings(
                                all,
                                "PUT",
                                "/messaging",
                                binding(id, Json.object().put("from", "+13125550000")))
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("settings/from: the account holds no such number; list them with GET /api/v1/connections/");
        assertThat(callBindings(all, "PUT", "/crm", from).body().path("detail").asString())
                .isEqualTo("port: twilio does not serve crm.");
        assertThat(callBindings(all, "PUT", "/messaging", binding(id, Json.object()))
                        .status())
                .isEqualTo(422);
        assertThat(callBindings(all, "PUT", "/messaging", Json.object()).status())
                .isEqualTo(422);
        assertThat(callBindings(all, "PUT", "/messaging?clientId=cli_nobody", from)
                        .status())
                .isEqualTo(404);
        assertThat(callBindings(all, "DELETE", ownBinding, Json.object()).status())
                .isEqualTo(204);
        assertThat(callBindings(all, "DELETE", ownBinding, Json.object()).status())
                .isEqualTo(204);
        assertThat(callBindings(all, "DELETE", "/messaging", Json.object()).status())
                .isEqualTo(204);
        assertThat(connections.findBound(TenantScope.of(ACME, NORTH), "messaging"))
                .isEmpty();
    }
}
