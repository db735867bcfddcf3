package dev.patchbay.integrations.retell;

import dev.patchbay.kernel.AbsentText;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The person at the other end of the line, whoever called whom: {@code call.person} of the canonical events. A number that is
 * hidden, that no telephone can have or that is the client's own is left out.
 *
 * @param call as Retell sends it
 */
record RetellPerson(JsonNode call) {

    /** Retell's reasons for the end of a call that no person answered ("Debug disconnected calls"). */
    private static final Set<String> MACHINES = Set.of("voicemail_reached", "machine_detected");

    /** The members in which an agent's analysis usually keeps a whole name. */
    private static final List<String> NAMES = List.of("name", "full_name", "caller_name", "customer_name");

    /** The caller of an inbound call, the callee of an outbound call. */
    Optional<PhoneNumber> number() {
        Optional<PhoneNumber> ours = clientNumber();
        return read(isOutbound() ? "to_number" : "from_number").filter(number -> !ours.equals(Optional.of(number)));
    }

    /** The client's number: the callee of an inbound call, or the caller of an outbound call. A web call has none. */
    Optional<PhoneNumber> clientNumber() {
        return read(isOutbound() ? "from_number" : "to_number");
    }

    private Optional<PhoneNumber> read(String end) {
        return PhoneNumber.read(call.path(end).asString(""));
    }

    private boolean isOutbound() {
        return call.path("direction").asString("").equals("outbound");
    }

    /** Members that are known when the call starts, so that they are the same at every later read. */
    ObjectNode mapStarted() {
        ObjectNode person = Json.object();
        number().ifPresent(it -> person.put("number", it.e164()));
        JsonNode variables = call.path("retell_llm_dynamic_variables");
        findText(variables, "caller_name").ifPresent(name -> person.put("name", name));
        findText(variables, "caller_known").ifPresent(callerKnown -> person.put("known", callerKnown.equals("true")));
        boolean byPhone = !call.path("call_type").asString("").equals("web_call");
        return person.put(
                "hidden",
                byPhone && read(isOutbound() ? "to_number" : "from_number").isEmpty());
    }

    /** Adds whether a machine answered, as the end of the call tells it. A later read of the call gives the same. */
    ObjectNode mapEnded() {
        return mapStarted().put("voicemail", isMachine());
    }

    /** Adds what the analysis found: the name that the person gave, and whether a machine answered. */
    ObjectNode mapAnalyzed() {
        ObjectNode person = mapStarted();
        JsonNode analysis = call.path("call_analysis");
        findName(analysis.path("custom_analysis_data")).ifPresent(name -> person.put("name", name));
        return person.put(
                "voicemail", isMachine() || analysis.path("in_voicemail").asBoolean(false));
    }

    private boolean isMachine() {
        return MACHINES.contains(call.path("disconnection_reason").asString(""));
    }

    private static Optional<String> findName(JsonNode custom) {
        String parts = Stream.of("first_name", "last_name")
                .flatMap(part -> findText(custom, part).stream())
                .collect(Collectors.joining(" "));
        return Optional.of(parts)
                .filter(name -> !name.isEmpty())
                .or(() -> NAMES.stream()
                        .flatMap(name -> findText(custom, name).stream())
                        .findFirst());
    }

    /** Returns a text; empty when it only says that there is none, as agents write it. */
    private static Optional<String> findText(JsonNode from, String name) {
        return Optional.of(from.path(name).asString("").strip()).filter(it -> !AbsentText.matches(it));
    }
}
