package dev.patchbay.flowlanguage;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.flowlanguage.source.SourceTree;
import io.serverlessworkflow.api.WorkflowFormat;
import io.serverlessworkflow.api.WorkflowReader;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Validates a flow against the standard: CNCF Serverless Workflow's JSON Schema and the types of its Java SDK. A flow that passes
 * {@link SchemaValidation} should pass here too; this check proves it. The schema comes from the SDK's jar but is applied here,
 * because the SDK's reader calls an older JSON Schema library of the same name.
 */
final class StandardValidation {

    private static final Schema SCHEMA = load();

    private StandardValidation() {}

    private static Schema load() {
        try (InputStream stream = StandardValidation.class.getResourceAsStream("/schema/workflow.yaml")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(stream, InputFormat.YAML);
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static void check(SourceTree source, Problems problems) {
        JsonNode standard = withoutOurWaits(source.root());
        if (!SCHEMA.validate(standard).isEmpty() || !isReadableBySdk(standard.toString())) {
            problems.add("", "not_standard", "The file is not a valid Serverless Workflow 1.0 document.", null);
        }
    }

    /** {@code wait: {until: …}} is ours (ADR 0026); the rest of the file has to be standard. */
    private static JsonNode withoutOurWaits(JsonNode node) {
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(withoutOurWaits(item)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        node.properties()
                .forEach(member -> copy.set(
                        member.getKey(),
                        member.getKey().equals("wait") && member.getValue().has("until")
                                ? JsonNodeFactory.instance.stringNode("PT0S")
                                : withoutOurWaits(member.getValue())));
        return copy;
    }

    static boolean isReadableBySdk(String json) {
        try {
            WorkflowReader.readWorkflowFromString(json, WorkflowFormat.JSON);
            return true;
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }
}
