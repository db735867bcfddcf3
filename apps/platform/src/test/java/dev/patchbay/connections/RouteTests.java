package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Agents and numbers are mapped to clients, listed and unmapped over the API. */
@PatchbayTest
class RouteTests extends AccountFixture {

    @Test
    void mappedSourcesAreListedAndCanBeUnmapped() {
        ConnectionId id = id(connect("retell", Json.object(), Map.of("api_key", "key_accounts")));
        var mapping = Json.object()
                .put("connectionId", id.value())
                .put("kind", "agent")
                .put("externalId", "agent_accounts")
                .put("clientId", NORTH.value());
        assertThat(send(token, "PUT", "/ingress/routes", mapping).status()).isEqualTo(204);
        send(token, "PUT", "/ingress/routes", mapping.put("kind", "number").put("externalId", "+13125550177"));
        assertThat(listRoutes(id)).containsExactly("agent agent_accounts", "number +13125550177");
        assertThat(connections.findRoutedClient(ACME, id, "agent", "agent_accounts"))
                .contains(NORTH);

        String agent = "/ingress/routes?connectionId=" + id + "&kind=agent&externalId=agent_accounts";
        assertThat(send(token, "DELETE", agent, Json.object()).status()).isEqualTo(204);
        assertThat(send(token, "DELETE", agent, Json.object()).status()).isEqualTo(204);
        assertThat(listRoutes(id)).containsExactly("number +13125550177");
        assertThat(connections.findRoutedClient(ACME, id, "agent", "agent_accounts"))
                .isEmpty();

        var audited =
                send(token, "GET", "/audit?limit=200", Json.object()).body().path("items");
        assertThat(audited.valueStream()
                        .filter(it -> it.path("resource").asString().startsWith("connection/" + id + "/agent"))
                        .map(it -> it.path("action").asString()))
                .containsExactlyInAnyOrder("route.mapped", "route.unmapped");
    }

    @Test
    void aMappingToAMalformedClientIdIsRefused() {
        var mapping = Json.object()
                .put("connectionId", "con_retell")
                .put("kind", "agent")
                .put("externalId", "a")
                .put("clientId", "north");
        assertThat(send(token, "PUT", "/ingress/routes", mapping).status()).isEqualTo(404);
    }

    /** Reads all pages of two routes each. */
    private List<String> listRoutes(ConnectionId id) {
        var found = new ArrayList<String>();
        String after = "";
        do {
            var page = send(
                            token,
                            "GET",
                            "/ingress/routes?limit=2&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8),
                            Json.object())
                    .body();
            page.path("items")
                    .valueStream()
                    .filter(it -> it.path("connectionId").asString().equals(id.value()))
                    .forEach(it -> found.add(it.path("kind").asString() + " "
                            + it.path("externalId").asString()));
            after = page.path("next").asString("");
        } while (!after.isEmpty());
        return found;
    }
}
