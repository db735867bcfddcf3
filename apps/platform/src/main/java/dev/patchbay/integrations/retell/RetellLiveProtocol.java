package dev.patchbay.integrations.retell;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.ingress.spi.LiveCalls.FunctionCall;
import dev.patchbay.ingress.spi.LiveCalls.InboundAnswer;
import dev.patchbay.ingress.spi.LiveCalls.InboundCall;
import dev.patchbay.ingress.spi.LiveProtocol;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and answers Retell's inbound call webhook and custom functions (docs.retellai.com, "Inbound webhook" and "Custom
 * function", November 2026). Retell waits 10 s for the first and, unless configured otherwise, 2 min for the second; it retries
 * up to 3 and 2 times.
 */
@Component
class RetellLiveProtocol implements LiveProtocol {

    /** The member of the metadata, which Retell stores with the call, that names the kind of our answer. */
    private static final String ANSWER_METADATA = "patchbay_answer";

    private static final Pattern CALL_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    RetellLiveProtocol() {}

    @Override
    public String provider() {
        return "retell";
    }

    @Override
    public InboundCall inbound(Delivery delivery) {
        JsonNode call = delivery.json().path("call_inbound");
        String to = findText(call, "to_number")
                .orElseThrow(() -> new Unreadable("/call_inbound/to_number", "The call has no to_number."));
        return new InboundCall(findText(call, "agent_id"), findPhone(call, "from_number"), e164OrAsWritten(to));
    }

    /**
     * Retell declines a call when neither the number nor the response names an agent ("Can I use this webhook to decline inbound
     * calls?"), so a refusal names none.
     */
    @Override
    public JsonNode answer(InboundAnswer answer, CorrelationId correlation) {
        ObjectNode body = Json.object();
        ObjectNode inbound = body.putObject("call_inbound");
        ObjectNode metadata = Json.object();
        switch (answer) {
            case InboundAnswer.Taken accepted -> {
                accepted.agentId().ifPresent(it -> inbound.put("override_agent_id", it));
                accepted.agentVersion().ifPresent(it -> inbound.put("override_agent_version", it));
                ObjectNode variables = inbound.putObject("dynamic_variables");
                accepted.variables().forEach(variables::put);
                metadata.put(ANSWER_METADATA, accepted.source().name().toLowerCase(Locale.ROOT));
            }
            case InboundAnswer.Refused refused -> metadata.put(ANSWER_METADATA, "refused");
        }
        inbound.set("metadata", metadata.put(RetellConversation.CORRELATION_METADATA, correlation.value()));
        return body;
    }

    /** A voice agent sends its {@code call}, a chat agent its {@code chat} with {@code chat_id}. */
    @Override
    public FunctionCall function(String name, Delivery delivery) {
        JsonNode body = delivery.json();
        JsonNode call = body.path(body.has("call") ? "call" : "chat");
        String callId = findText(call, body.has("call") ? "call_id" : "chat_id")
                .filter(CALL_ID.asMatchPredicate())
                .orElseThrow(() -> new Unreadable(
                        "/call/call_id",
                        "There is neither a call nor a chat; leave \"Payload: args only\" off in the function."));
        boolean outbound = call.path("direction").asString("").equals("outbound");
        return new FunctionCall(
                name,
                callId,
                new RetellPerson(call).number(),
                findText(call, "agent_id"),
                findText(call, outbound ? "from_number" : "to_number").map(RetellLiveProtocol::e164OrAsWritten),
                RetellConversation.correlation(call, callId),
                readArguments(body.path("args")));
    }

    /** Some agents send the arguments as a text that holds JSON. */
    private static JsonNode readArguments(JsonNode written) {
        if (!written.isString()) {
            return written.isObject() ? written : Json.object();
        }
        try {
            JsonNode read = Json.read(written.stringValue());
            return read.isObject() ? read : Json.object();
        } catch (JacksonException noJson) {
            return Json.object();
        }
    }

    @Override
    public JsonNode answer(FunctionAnswer answer) {
        return Json.object()
                .put("outcome", answer.outcome())
                .put("say", answer.say())
                .set("result", answer.result());
    }

    private static Optional<PhoneNumber> findPhone(JsonNode call, String name) {
        return findText(call, name).flatMap(PhoneNumber::read);
    }

    private static String e164OrAsWritten(String number) {
        return PhoneNumber.read(number).map(PhoneNumber::e164).orElse(number);
    }

    private static Optional<String> findText(JsonNode from, String name) {
        return Optional.of(from.path(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(it -> !it.isEmpty());
    }
}
