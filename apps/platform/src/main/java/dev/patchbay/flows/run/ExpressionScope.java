package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.expression.CpuBudgetSpent;
import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ExpressionFailed;
import dev.patchbay.flowlanguage.expression.Template;
import dev.patchbay.flows.evaluation.Evaluator;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Redaction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The variables that a flow's expressions see. An expression that fails becomes the failure of its task. */
final class ExpressionScope {

    private final Evaluator evaluator;
    private final Map<String, JsonNode> variables = new HashMap<>();

    ExpressionScope(FlowDefinition definition, String runId, JsonNode event, Client client, Evaluator evaluator) {
        this.evaluator = evaluator;
        variables.put("event", event);
        variables.put(
                "workflow", Json.object().put("id", runId).set("input", event).set("definition", definition.raw()));
        variables.put("runtime", Json.object().put("name", "patchbay"));
        variables.put("call", CallVariable.of(event, client.zone()));
        variables.put("steps", Json.object());
        variables.put("context", Json.object());
        variables.put(
                "client",
                Json.object()
                        .put("id", client.id().value())
                        .put("name", client.name())
                        .put("timeZone", client.zone().getId())
                        .set("settings", client.settings()));
    }

    void setContext(JsonNode context) {
        variables.put("context", context);
    }

    /** Adds a step's output to {@code $steps}; earlier values of the variable stay as they were. */
    void addStep(String name, JsonNode output) {
        var steps = Json.object();
        variables
                .getOrDefault("steps", steps)
                .properties()
                .forEach(entry -> steps.set(entry.getKey(), entry.getValue()));
        variables.put("steps", steps.set(name, output));
    }

    /** Does the work while the variable has that value. */
    <T> T with(String variable, JsonNode value, Supplier<T> work) {
        var outer = Optional.ofNullable(variables.put(variable, value));
        try {
            return work.get();
        } finally {
            outer.ifPresentOrElse(before -> variables.put(variable, before), () -> variables.remove(variable));
        }
    }

    JsonNode evaluate(Template template, JsonNode input, String pointer) {
        return guard(pointer, () -> template.evaluate(input, variables));
    }

    /** The input itself where there is no template. */
    JsonNode evaluate(Optional<Template> template, JsonNode input, String pointer) {
        return template.map(present -> evaluate(present, input, pointer)).orElse(input);
    }

    boolean holds(Expression condition, JsonNode input, String pointer) {
        return guard(pointer, () -> condition.holds(input, variables));
    }

    private <T> T guard(String pointer, Supplier<T> expression) {
        try {
            return evaluator.evaluate(expression);
        } catch (CpuBudgetSpent spent) {
            throw TaskFailed.forReason(FailureReason.BAD_INPUT, pointer, spent.sentence());
        } catch (ExpressionFailed failed) {
            throw TaskFailed.forReason(
                    FailureReason.BAD_INPUT,
                    pointer,
                    "The expression " + failed.expression() + " failed: " + Redaction.redact(failed.sentence()));
        }
    }
}
