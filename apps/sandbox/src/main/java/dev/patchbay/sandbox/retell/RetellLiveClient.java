package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests that Retell sends while the caller is on the phone: the inbound webhook and an agent's custom functions. */
final class RetellLiveClient implements AutoCloseable {

    private static final Duration INBOUND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(2);

    private final RetellAgents agents;
    private final Clock clock;
    private final HttpClient http = HttpClient.newHttpClient();

    RetellLiveClient(RetellAgents agents, Clock clock) {
        this.agents = agents;
        this.clock = clock;
    }

    /**
     * Sends the inbound webhook when the script has {@code "inbound": true} and the agent an {@code inbound_webhook_url}.
     * The called number has an agent of its own unless the script has {@code "numberAgent": false}.
     *
     * @return {@code {status, milliseconds, body}}; an empty object when nothing was sent
     */
    ObjectNode requestInbound(ObjectNode agent, ObjectNode script, String calledNumber) {
        String url = Json.text(agent, "inbound_webhook_url");
        if (url.isEmpty() || !script.path("inbound").asBoolean(false)) {
            return Json.object();
        }
        ObjectNode call = Json.object();
        if (hasNumberAgent(script)) {
            call.put("agent_id", Json.text(agent, "agent_id"));
        }
        call.put("from_number", Json.text(script, "from")).put("to_number", calledNumber);
        ObjectNode body = Json.object().put("event", "call_inbound");
        body.set("call_inbound", call);
        return post(agent, url, body, INBOUND_TIMEOUT);
    }

    private static boolean hasNumberAgent(ObjectNode script) {
        return script.path("numberAgent").asBoolean(true);
    }

    /** Retell declines a call for which neither the number nor the inbound response names an agent. */
    static boolean isDeclined(ObjectNode script, ObjectNode inboundResponse) {
        return !inboundResponse.isEmpty()
                && !hasNumberAgent(script)
                && Json.text(inboundResponse.path("body").path("call_inbound"), "override_agent_id")
                        .isEmpty();
    }

    /**
     * Calls the functions one after the other, as the agent's model would. The URL is the agent's {@code functions_url} and
     * the function's name; the body's {@code name} has underscores for points, as Retell allows none.
     *
     * @param functions {@code [{name, args}]}
     * @return {@code {status, milliseconds, body, name}} of each; status 0 means no response
     */
    List<ObjectNode> callFunctions(ObjectNode agent, JsonNode functions, ObjectNode call) {
        List<ObjectNode> responses = new ArrayList<>();
        for (JsonNode function : functions) {
            String name = Json.text(function, "name");
            ObjectNode body = Json.object().put("name", name.replace('.', '_'));
            body.set("call", call);
            body.set("args", function.path("args").isObject() ? function.path("args") : Json.object());
            String url = Json.text(agent, "functions_url") + "/" + name;
            responses.add(post(agent, url, body, FUNCTION_TIMEOUT).put("name", name));
        }
        return responses;
    }

    private ObjectNode post(ObjectNode agent, String url, ObjectNode body, Duration timeout) {
        String text = body.toString();
        String apiKey = agents.apiKey(Json.text(agent, "agent_id"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header(RetellSignature.HEADER, RetellSignature.sign(apiKey, text, clock.millis()))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        long startNanos = System.nanoTime();
        ObjectNode result = Json.object();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            result.put("status", response.statusCode());
            result.set("body", Json.parse(response.body()));
        } catch (IOException unreachable) {
            result.put("status", 0);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return result.put(
                "milliseconds", Duration.ofNanos(System.nanoTime() - startNanos).toMillis());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
