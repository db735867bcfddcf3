package dev.patchbay.livecalls.internal;

import dev.patchbay.kernel.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A client's settings for incoming calls: {@code {"inbound": {"overrideAgentId": "agent_…", "overrideAgentVersion": 3,
 * "refuse": ["+1…"], "variables": {"hours": "9 to 5"}}}}, each optional.
 *
 * @param agentId of the agent that takes the call instead of the number's own
 * @param refusedCallers E.164
 * @param variables what the agent's prompt may use, by name
 */
record InboundPolicy(
        Optional<String> agentId,
        Optional<Integer> agentVersion,
        Set<String> refusedCallers,
        Map<String, String> variables) {

    static InboundPolicy of(JsonNode settings) {
        JsonNode inbound = settings.path("inbound");
        var variables = new LinkedHashMap<String, String>();
        inbound.path("variables")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asString("")));
        return new InboundPolicy(
                Optional.of(inbound.path("overrideAgentId"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue),
                Optional.of(inbound.path("overrideAgentVersion"))
                        .filter(JsonNode::isInt)
                        .map(JsonNode::intValue),
                inbound.path("refuse")
                        .valueStream()
                        .flatMap(number -> PhoneNumber.read(number.asString("")).stream())
                        .map(PhoneNumber::e164)
                        .collect(Collectors.toSet()),
                variables);
    }

    boolean refuses(Optional<PhoneNumber> caller) {
        return caller.map(PhoneNumber::e164).filter(refusedCallers::contains).isPresent();
    }
}
