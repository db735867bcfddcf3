package dev.patchbay.testing;

import dev.patchbay.kernel.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends the requests that Retell sends during a call, for the demo tenant. */
public final class LiveCallClient {

    private LiveCallClient() {}

    /** The request before a call is picked up. */
    public static ObjectNode ringing(String agentId, String from, String to) {
        var call =
                Json.object().put("agent_id", agentId).put("from_number", from).put("to_number", to);
        return Json.object().put("event", "call_inbound").set("call_inbound", call);
    }

    /** The request of a function during a call. */
    public static ObjectNode asking(String callId, String agentId, String from, String to, JsonNode arguments) {
        var body = Json.object().put("name", "as_the_agent_calls_it");
        body.putObject("call")
                .put("call_type", "phone_call")
                .put("call_id", callId)
                .put("agent_id", agentId)
                .put("from_number", from)
                .put("to_number", to)
                .put("direction", "inbound");
        return body.set("args", arguments);
    }

    public static TestEnvironment.Reply ring(JsonNode body) {
        return TestEnvironment.send(signed(inboundUrl(), Json.write(body), Duration.ZERO));
    }

    public static TestEnvironment.Reply ask(String function, JsonNode body) {
        return TestEnvironment.send(signed(functionUrl(function), Json.write(body), Duration.ZERO));
    }

    public static URI inboundUrl() {
        return URI.create(
                TestEnvironment.dev().at("/connections/retell/inboundUrl").asString());
    }

    public static URI functionUrl(String function) {
        return URI.create(
                TestEnvironment.dev().at("/connections/retell/functionsUrl").asString() + "/" + function);
    }

    /** @param skew how far the sender's clock is ahead of ours */
    public static HttpRequest.Builder signed(URI address, String body, Duration skew) {
        String secret = TestEnvironment.dev().at("/connections/retell/secret").asString();
        return TestEnvironment.request(address)
                .header("Content-Type", "application/json")
                .header(
                        "x-retell-signature",
                        WebhookSigner.retell(secret, body, Instant.now().plus(skew)))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
