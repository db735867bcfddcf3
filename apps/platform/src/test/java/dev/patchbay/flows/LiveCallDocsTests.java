package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.PatchbayTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The examples of docs/live-calls.md, asked as they stand there. */
@PatchbayTest
class LiveCallDocsTests {

    private static final Pattern EXAMPLE = Pattern.compile("```json ([a-z.]+)\n(.*?)```", Pattern.DOTALL);

    private final Map<String, JsonNode> examples = examples();

    @Test
    void theInboundExampleIsAnsweredAsWritten() {
        JsonNode said = LiveCallClient.ring(example("inbound.question")).body().path("call_inbound");
        JsonNode written = example("inbound.answer").path("call_inbound");

        assertThat(said.propertyNames()).containsExactlyInAnyOrderElementsOf(written.propertyNames());
        assertThat(said.path("metadata").propertyNames())
                .containsExactlyElementsOf(written.path("metadata").propertyNames());
        assertThat(said.path("dynamic_variables").propertyNames())
                .containsExactlyElementsOf(written.path("dynamic_variables").propertyNames());
    }

    @Test
    void theFunctionExampleIsAnsweredAsWritten() {
        JsonNode said = LiveCallClient.ask("calendar.book", example("function.question"))
                .body();
        JsonNode written = example("function.answer");

        assertThat(said.path("say")).isEqualTo(written.path("say"));
        assertThat(said.path("outcome")).isEqualTo(written.path("outcome"));
        assertThat(said.path("result").propertyNames())
                .containsExactlyElementsOf(written.path("result").propertyNames());
        assertThat(said.at("/result/start")).isEqualTo(written.at("/result/start"));
        assertThat(said.at("/result/startLocal")).isEqualTo(written.at("/result/startLocal"));
    }

    private JsonNode example(String name) {
        return Objects.requireNonNull(examples.get(name), name);
    }

    private static Map<String, JsonNode> examples() {
        try {
            return EXAMPLE.matcher(Files.readString(Path.of("../../docs/live-calls.md")))
                    .results()
                    .collect(Collectors.toMap(found -> found.group(1), found -> Json.read(found.group(2))));
        } catch (IOException absent) {
            throw new java.io.UncheckedIOException(absent);
        }
    }
}
