package dev.patchbay.livecalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.AppointmentTimeFormat;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Messages;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.PatchbayTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The examples and sentences of docs/live-calls.md. */
@PatchbayTest
class LiveCallDocsTests {

    private static final Pattern EXAMPLE = Pattern.compile("```json ([a-z.]+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SENTENCE =
            Pattern.compile("^\\| `([a-z.]+\\.[a-z]+)` \\| ([^|`]+) \\| ([^|`]+) \\|$", Pattern.MULTILINE);

    private final Map<String, JsonNode> examples = examples();

    @Test
    void theInboundExampleGetsTheDocumentedAnswer() {
        JsonNode answer =
                LiveCallClient.ring(example("inbound.question")).body().path("call_inbound");
        JsonNode documented = example("inbound.answer").path("call_inbound");

        assertThat(answer.propertyNames()).containsExactlyInAnyOrderElementsOf(documented.propertyNames());
        assertThat(answer.path("metadata").propertyNames())
                .containsExactlyElementsOf(documented.path("metadata").propertyNames());
        assertThat(answer.path("dynamic_variables").propertyNames())
                .containsExactlyElementsOf(documented.path("dynamic_variables").propertyNames());
    }

    @Test
    void theFunctionExampleGetsTheDocumentedAnswer() {
        JsonNode answer = LiveCallClient.ask("calendar.book", example("function.question"))
                .body();
        JsonNode documented = example("function.answer");

        assertThat(answer.path("say")).isEqualTo(documented.path("say"));
        assertThat(answer.path("outcome")).isEqualTo(documented.path("outcome"));
        assertThat(answer.path("result").propertyNames())
                .containsExactlyElementsOf(documented.path("result").propertyNames());
        assertThat(answer.at("/result/start")).isEqualTo(documented.at("/result/start"));
        assertThat(answer.at("/result/startLocal")).isEqualTo(documented.at("/result/startLocal"));
    }

    @Test
    void everySentenceIsDocumentedInEveryLanguage() {
        var rows = SENTENCE.matcher(docs())
                .results()
                .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
                .toList();

        assertThat(rows)
                .extracting(List::getFirst)
                .containsExactlyInAnyOrderElementsOf(
                        ResourceBundle.getBundle("messages.caller", Locale.ENGLISH).keySet().stream()
                                .filter(key -> !key.startsWith("time."))
                                .toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get(1)).isEqualTo(sentence(row.getFirst(), Locale.US));
            assertThat(row.get(2)).isEqualTo(sentence(row.getFirst(), Locale.GERMANY));
        });
    }

    private static String sentence(String key, Locale locale) {
        var messages = Messages.in(locale);
        var times = new AppointmentTimeFormat(messages, ZoneOffset.UTC);
        var friday = Instant.parse("2026-11-20T10:00:00Z");
        var tuesday = OffsetDateTime.parse("2026-11-24T14:30:00Z");
        var wednesday = OffsetDateTime.parse("2026-11-25T09:00:00Z");
        var choice = times.sayChoice(List.of(wednesday, wednesday.plusMinutes(30)), friday);
        if (key.startsWith("event.")) {
            return messages.text(key, "…");
        }
        return switch (key) {
            case "slots.found" -> messages.text(key, choice, 2);
            case "appointments.found" -> messages.text(key, times.say(tuesday, friday), 1);
            case "appointments.several" -> messages.text(key, times.sayAll(List.of(tuesday, wednesday), friday), 2);
            default -> messages.text(key, times.say(tuesday, friday), choice);
        };
    }

    private JsonNode example(String name) {
        return Objects.requireNonNull(examples.get(name), name);
    }

    private static Map<String, JsonNode> examples() {
        return EXAMPLE.matcher(docs())
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> Json.read(found.group(2))));
    }

    private static String docs() {
        try {
            return Files.readString(Path.of("../../docs/live-calls.md"));
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
