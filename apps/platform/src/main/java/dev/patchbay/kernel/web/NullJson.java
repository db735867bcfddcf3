package dev.patchbay.kernel.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a member that is {@code null} like one that is missing, even when its type allows any JSON. Otherwise
 * {@code "input": null} of a replay would be an edited input without any member.
 */
@Component
final class NullJson implements JsonMapperBuilderCustomizer {

    @Override
    public void customize(JsonMapper.Builder builder) {
        var skipped = JsonSetter.Value.forValueNulls(Nulls.SKIP);
        builder.withConfigOverride(JsonNode.class, override -> override.setNullHandling(skipped))
                .withConfigOverride(ObjectNode.class, override -> override.setNullHandling(skipped));
    }
}
