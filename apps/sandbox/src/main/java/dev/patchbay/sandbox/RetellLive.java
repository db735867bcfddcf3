package dev.patchbay.sandbox;

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

/** What Retell asks while somebody is on the phone: how to take the call, and what the agent's functions say. */
final class RetellLive implements AutoCloseable {

    private static final Duration INBOUND_PATIENCE = Duration.ofSeconds(10);
    private static final Duration FUNCTION_PATIENCE = Duration.ofMinutes(2);

    private final Retell retell;
    private final Clock clock;
    private final HttpClient http = HttpClient.newHttpClient();

    RetellLive(Retell retell, Clock clock) {
        this.retell = retell;
        this.clock = clock;
    }

    /**
     * Asks how to take the call, when the script wants it: {@code "inbound": true}. The number has an agent of its own
     * unless the script says {@code "numberAgent": false}.
     *
     * @return {@code {status, milliseconds, body}}; an empty object when nothing was asked
     */
    ObjectNode inbound(ObjectNode agent, ObjectNode wanted, String to) {
        String url = Json.text(agent, "inbound_webhook_url");
        if (url.isEmpty() || !wanted.path("inbound").asBoolean(false)) {
            return Json.object();
        }
        ObjectNode asked = Json.object();
        if (wanted.path("numberAgent").asBoolean(true)) {
            asked.put("agent_id", Json.text(agent, "agent_id"));
        }
        asked.put("from_number", Json.text(wanted, "from")).put("to_number", to);
        ObjectNode envelope = Json.object().put("event", "call_inbound");
        envelope.set("call_inbound", asked);
        return post(agent, url, envelope, INBOUND_PATIENCE);
    }

    /** Retell declines a call for which neither the number nor the answer names an agent. */
    static boolean declines(ObjectNode wanted, ObjectNode inbound) {
        return !inbound.isEmpty()
                && !wanted.path("numberAgent").asBoolean(true)
                && Json.text(inbound.path("body").path("call_inbound"), "override_agent_id")
                        .isEmpty();
    }

    /** Calls each of the script's {@code functions: [{name, args}]} in turn, as the agent's model would. */
    List<ObjectNode> functions(ObjectNode agent, JsonNode functions, ObjectNode call) {
        List<ObjectNode> answers = new ArrayList<>();
        for (JsonNode function : functions) {
            String name = Json.text(function, "name");
            ObjectNode body = Json.object().put("name", name.replace('.', '_'));
            body.set("call", call);
            body.set("args", function.path("args").isObject() ? function.path("args") : Json.object());
            String url = Json.text(agent, "functions_url") + "/" + name;
            answers.add(post(agent, url, body, FUNCTION_PATIENCE).put("name", name));
        }
        return answers;
    }

    private ObjectNode post(ObjectNode agent, String url, ObjectNode body, Duration patience) {
        String text = body.toString();
        String apiKey = retell.keyOf(Json.text(agent, "agent_id"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("x-retell-signature", Signatures.retell(apiKey, text, clock.millis()))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        long started = System.nanoTime();
        ObjectNode answer = Json.object();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            answer.put("status", response.statusCode());
            answer.set("body", Json.parse(response.body()));
        } catch (IOException unreachable) {
            answer.put("status", 0);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return answer.put(
                "milliseconds", Duration.ofNanos(System.nanoTime() - started).toMillis());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
