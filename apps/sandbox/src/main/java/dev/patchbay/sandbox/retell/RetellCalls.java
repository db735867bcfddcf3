package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.BackgroundWork;
import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Faults;
import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Webhook;
import dev.patchbay.sandbox.core.WebhookDelivery;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Places calls for scripts and sends the webhooks of each call to its agent, as Retell does. */
public final class RetellCalls implements BackgroundWork {

    /** Retell retries a webhook up to three times. */
    private static final int MAX_ATTEMPTS = 4;

    private static final List<String> EVENTS = List.of("call_started", "call_ended", "call_analyzed");

    private final Store store;
    private final RetellAgents agents;
    private final RetellAgentVersions versions;
    private final WebhookDelivery webhooks;
    private final RetellLiveClient liveClient;
    private final Clock clock;

    public RetellCalls(
            Store store,
            RetellAgents agents,
            RetellAgentVersions versions,
            Faults faults,
            Clock clock,
            Duration firstRetryDelay) {
        this.store = store;
        this.agents = agents;
        this.versions = versions;
        this.liveClient = new RetellLiveClient(agents, clock);
        this.clock = clock;
        this.webhooks = new WebhookDelivery(
                store, Table.RETELL_DELIVERIES, faults, MAX_ATTEMPTS, firstRetryDelay, this::signatureHeaders);
    }

    private Map<String, String> signatureHeaders(ObjectNode delivery) {
        String apiKey = agents.apiKey(Json.text(delivery, "account"));
        String signature = RetellSignature.sign(apiKey, Json.text(delivery, "body"), clock.millis());
        return Map.of(RetellSignature.HEADER, signature);
    }

    /**
     * Places a call and waits for the first attempt of each webhook. For a {@code callId} that exists the call stays as it
     * is and its webhooks are sent again.
     *
     * @param script {@code {from, to, agentId, callId, inbound, numberAgent, functions, …}}; see the README
     * @return {@code {callId, inbound, functions, deliveries}}, or {@code {declined: true, inbound}}
     * @throws ControlError 400 without a caller's number, or when there is no such agent
     */
    public ObjectNode place(ObjectNode script) {
        if (Json.text(script, "from").isEmpty()) {
            throw new ControlError(400, "missing_from", "A call needs 'from', the caller's number in E.164.");
        }
        ObjectNode agent = versions.findAnswering(Json.text(script, "to"))
                .or(() -> agents.find(Json.text(script, "agentId")))
                .orElseThrow(() -> new ControlError(
                        400, "unknown_agent", "There is no such agent; set one up with PUT /_sandbox/accounts."));
        ObjectNode inboundResponse = liveClient.requestInbound(agent, script, RetellCallRecord.calledNumber(script));
        if (RetellLiveClient.isDeclined(script, inboundResponse)) {
            return Json.object().put("declined", true).set("inbound", inboundResponse);
        }
        JsonNode overrides = inboundResponse.path("body").path("call_inbound");
        ObjectNode answeringAgent =
                Json.find(overrides, "override_agent_id").flatMap(agents::find).orElse(agent);
        String callId = Json.find(script, "callId").orElseGet(() -> "call_" + Ids.hex(27));
        store.putIfAbsent(
                Table.RETELL_CALLS,
                callId,
                RetellCallRecord.create(callId, answeringAgent, script, overrides, clock.millis()));
        // For tests alone: Retell tells nobody which words an agent spoke.
        store.putIfAbsent(
                Table.RETELL_PROMPTS,
                callId,
                Json.object().put("callId", callId).put("sha256", versions.promptDigest(answeringAgent)));
        ObjectNode call = store.find(Table.RETELL_CALLS, callId).orElseThrow();
        List<ObjectNode> functions =
                liveClient.callFunctions(answeringAgent, script.path("functions"), RetellCallRecord.whileOngoing(call));
        List<ObjectNode> deliveries = sendWebhooks(call, Json.text(answeringAgent, "webhook_url"));
        ObjectNode result = Json.object().put("callId", callId);
        if (!inboundResponse.isEmpty()) {
            result.set("inbound", inboundResponse);
        }
        if (!functions.isEmpty()) {
            result.set("functions", Json.array(functions));
        }
        result.set("deliveries", Json.array(deliveries));
        return result;
    }

    private List<ObjectNode> sendWebhooks(ObjectNode call, String url) {
        if (url.isEmpty()) {
            return List.of();
        }
        String agentId = Json.text(call, "agent_id");
        return webhooks.deliver(EVENTS.stream()
                .map(event -> new Webhook(event, url, "application/json", webhookBody(event, call), agentId))
                .toList());
    }

    private static String webhookBody(String event, ObjectNode call) {
        ObjectNode snapshot = event.equals("call_started") ? RetellCallRecord.whileOngoing(call) : call.deepCopy();
        if (event.equals("call_ended")) {
            snapshot.remove("call_analysis");
        }
        ObjectNode body = Json.object().put("event", event);
        body.set("call", snapshot);
        return body.toString();
    }

    @Override
    public void resume() {
        webhooks.resume();
    }

    @Override
    public void close() {
        liveClient.close();
        webhooks.close();
    }
}
