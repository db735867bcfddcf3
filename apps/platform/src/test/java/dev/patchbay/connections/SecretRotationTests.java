package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Keys, secrets and webhook addresses are rotated while both the old and the new one are in use. */
@PatchbayTest
class SecretRotationTests extends AccountFixture {

    @Test
    void theDataKeyIsRotatedOverTheApi() {
        JsonNode connection = connect("retell", Json.object(), Map.of("api_key", "key_accounts"));
        assertThat(call("POST", "/keys/rotate", Json.object()).status()).isEqualTo(204);
        assertThat(connections.load(ACME, id(connection)).secret("api_key")).isEqualTo("key_accounts");
        connections.bind(TenantScope.of(ACME), "voice", id(connection), Json.object());
        assertThat(connections.findBound(TenantScope.of(ACME, NORTH), "voice")).isPresent();
    }

    @Test
    void theNextSecretIsAcceptedBesideThePresentOneUntilItIsRetired() {
        ConnectionId id = id(connect("retell", Json.object(), Map.of("api_key", "key_accounts")));
        assertThat(call("POST", "/" + id + "/secrets/api_key/promote", Json.object())
                        .status())
                .isEqualTo(404);
        call("PUT", "/" + id + "/secrets", Json.object().put("api_key.next", "key_later"));
        assertThat(connections.load(ACME, id).acceptedSecrets("api_key")).containsExactly("key_accounts", "key_later");
        call("POST", "/" + id + "/secrets/api_key/promote", Json.object());
        assertThat(connections.load(ACME, id).acceptedSecrets("api_key")).containsExactly("key_later", "key_accounts");
        call("DELETE", "/" + id + "/secrets/api_key/next", Json.object());
        assertThat(connections.load(ACME, id).acceptedSecrets("api_key")).containsExactly("key_later");
    }

    @Test
    void theWebhookAddressFindsItsConnectionUntilItIsDisconnected() {
        JsonNode connection = connect("retell", Json.object(), Map.of("api_key", "key_accounts"));
        String url = call("GET", "/" + id(connection) + "/webhook-address", Json.object())
                .body()
                .path("url")
                .asString();
        String key = url.substring(url.lastIndexOf('/') + 1);
        assertThat(connections.findWebhookEndpoint("retell", key).orElseThrow().connectionId())
                .isEqualTo(id(connection));
        assertThat(connection.toString()).doesNotContain(key);
        call("DELETE", "/" + id(connection), Json.object());
        assertThat(connections.findWebhookEndpoint("retell", key)).isEmpty();
    }

    @Test
    void thePreviousWebhookAddressIsAcceptedUntilItIsRetired() {
        ConnectionId id = id(connect("retell", Json.object(), Map.of("api_key", "key_accounts")));
        String first = key(call("GET", "/" + id + "/webhook-address", Json.object()));
        Reply moved = call("POST", "/" + id + "/webhook-address/move", Json.object());
        String second = key(moved);
        assertThat(second).isNotEqualTo(first);
        assertThat(moved.body().path("previousAccepted").asBoolean()).isTrue();
        assertThat(key(call("GET", "/" + id + "/webhook-address", Json.object())))
                .isEqualTo(second);
        for (String key : new String[] {first, second}) {
            assertThat(connections
                            .findWebhookEndpoint("retell", key)
                            .orElseThrow()
                            .connectionId())
                    .isEqualTo(id);
        }
        String third = key(call("POST", "/" + id + "/webhook-address/move", Json.object()));
        assertThat(connections.findWebhookEndpoint("retell", first)).isEmpty();
        Reply retired = call("DELETE", "/" + id + "/webhook-address/previous", Json.object());
        assertThat(retired.body().path("previousAccepted").asBoolean()).isFalse();
        assertThat(connections.findWebhookEndpoint("retell", second)).isEmpty();
        assertThat(connections.findWebhookEndpoint("retell", third)).isPresent();
        assertThat(send(token, "GET", "/audit?limit=200", Json.object()).body().toString())
                .contains("connection.address_moved", "connection.address_retired")
                .doesNotContain(first, second, third);
    }

    @Test
    void aProviderThatSendsNothingHasNoWebhookAddress() {
        ConnectionId id = id(connect("openrouter", Json.object(), Map.of("api_key", "or_accounts")));
        for (String[] request : new String[][] {{"GET", ""}, {"POST", "/move"}, {"DELETE", "/previous"}}) {
            Reply refused = call(request[0], "/" + id + "/webhook-address" + request[1], Json.object());
            assertThat(refused.body().path("detail").asString())
                    .isEqualTo("openrouter sends no webhooks to the connection " + id + ".");
        }
        assertThat(call("POST", "/con_nobody/webhook-address/move", Json.object())
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("404.connection_not_found");
    }

    private static String key(Reply address) {
        String url = address.body().path("url").asString();
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
