package dev.patchbay.ingress;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.WebhookSigner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Retell webhooks for the demo tenant. */
final class Webhooks {

    private Webhooks() {}

    /** A call that ended, which starts no flow. */
    static ObjectNode callEnded(String callId) {
        var call = Json.object()
                .put("call_type", "phone_call")
                .put("call_id", callId)
                .put("agent_id", TestEnvironment.dev().at("/clients/0/agentId").asString())
                .put("from_number", "+14155550042")
                .put("to_number", "+14155550043")
                .put("direction", "inbound")
                .put("transcript", "Agent: hello")
                .put("end_timestamp", 1_790_000_095_000L);
        return Json.object().put("event", "call_ended").set("call", call);
    }

    static String newCallId() {
        return "call_" + UUID.randomUUID();
    }

    static URI address() {
        return URI.create(
                TestEnvironment.dev().at("/connections/retell/ingressUrl").asString());
    }

    static TestEnvironment.Reply deliver(Object body) {
        return deliver(Json.write(body));
    }

    static TestEnvironment.Reply deliver(String body) {
        return TestEnvironment.send(signed(address(), body, Duration.ZERO));
    }

    /** @param skew how far the sender's clock is ahead of ours */
    static HttpRequest.Builder signed(URI address, String body, Duration skew) {
        return TestEnvironment.request(address)
                .header("Content-Type", "application/json")
                .header("x-retell-signature", signature(body, skew))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    static String signature(String body, Duration skew) {
        String secret = TestEnvironment.dev().at("/connections/retell/secret").asString();
        return WebhookSigner.retell(secret, body, Instant.now().plus(skew));
    }
}
