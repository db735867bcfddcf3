package dev.patchbay.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ValueReaderTests {

    private static ValueReader.Value read(String schema, String written) {
        var locality = new Locality(ZoneId.of("Europe/Berlin"), Locale.GERMANY, "DE", Instant.EPOCH, number -> false);
        return new ValueReader("x", Json.read(schema), locality).read(Json.read(written));
    }

    @Test
    void aLongOptionalTextIsCutBetweenCharacters() {
        String schema = "{\"type\": [\"string\", \"null\"], \"maxLength\": 3}";

        assertThat(read(schema, "\"abcd\"").value()).isEqualTo(Json.tree("abc"));
        assertThat(read(schema, "\"ab😀\"").value()).isEqualTo(Json.tree("ab"));
        assertThat(read(schema, "\"abc\"").note()).isEmpty();
    }

    @Test
    void aLongRequiredTextStaysAsItIs() {
        assertThat(read("{\"type\": \"string\", \"maxLength\": 3}", "\"abcd\"").value())
                .isEqualTo(Json.tree("abcd"));
    }

    @Test
    void aTextIsWithoutSpaceAroundItAndANumberIsAText() {
        assertThat(read("{\"type\": \"string\"}", "\" abc \"").value()).isEqualTo(Json.tree("abc"));
        assertThat(read("{\"type\": \"string\"}", "12.50").value()).isEqualTo(Json.tree("12.5"));
    }

    @Test
    void anIntegerThatIsNoNumberIsLeftOut() {
        String schema = "{\"type\": \"integer\"}";

        assertThat(read(schema, "\" \"").value().isMissingNode()).isTrue();
        assertThat(read(schema, "{}").value()).isEqualTo(Json.object());
        assertThat(read(schema, "\"a few\"").note().orElseThrow()).contains("is no whole number");
        assertThat(read(schema, "\"1.3 min\"").value().isMissingNode()).isTrue();
        assertThat(read(schema, "\"1.5 h\"").value().asInt()).isEqualTo(90);
    }

    @Test
    void aNoteQuotesTheBeginningOfALongValue() {
        String number = "1".repeat(61);

        assertThat(read("{\"type\": \"integer\"}", "\"" + number + "\"").note().orElseThrow())
                .contains("is no whole number")
                .doesNotContain(number);
        assertThat(read("{\"type\": \"integer\"}", "\"" + "many ".repeat(20) + "\"")
                        .note()
                        .orElseThrow())
                .contains("many …”");
    }
}
