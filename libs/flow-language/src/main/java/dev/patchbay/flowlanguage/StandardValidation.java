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
        if (!SCHEMA.validate(source.root()).isEmpty()
                || !isReadableBySdk(source.root().toString())) {
            problems.add("", "not_standard", "The file is not a valid Serverless Workflow 1.0 document.", null);
        }
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
