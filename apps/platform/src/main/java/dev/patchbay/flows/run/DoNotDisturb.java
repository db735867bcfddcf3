package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.run.TaskExecutor.Call;
import dev.patchbay.kernel.Redaction;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Keeps a run from texting a person whom the CRM, as this run read it, says to leave alone on that channel. */
final class DoNotDisturb {

    private static final Set<String> TEXTS = Set.of("messaging.sendSms", "messaging.sendMms");

    private DoNotDisturb() {}

    /** The failure of a text that must not be sent; empty for any other call. */
    static Optional<TaskFailed> find(Call call, StepHistory history) {
        String to = call.input().path("to").asString("");
        boolean leftAlone = TEXTS.contains(call.task().function())
                && history.outputsOf("crm.")
                        .flatMap(DoNotDisturb::contacts)
                        .filter(contact -> contact.path("phone").asString("").equals(to))
                        .anyMatch(contact -> contact.at("/dnd/sms").asBoolean(false));
        return leftAlone
                ? Optional.of(TaskFailed.forReason(
                        FailureReason.OPTED_OUT,
                        call.step().pointer(),
                        "The CRM says not to text " + Redaction.redact(to) + "."))
                : Optional.empty();
    }

    private static Stream<JsonNode> contacts(JsonNode output) {
        return Stream.concat(Stream.of(output), output.path("contacts").valueStream());
    }
}
