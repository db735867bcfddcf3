package dev.patchbay.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flow's author reads what to change in it. */
class PortContractsTests {

    private final PortContracts contracts = contracts();

    static PortContracts contracts() {
        return new PortContracts(new Settings(
                Environment.PROD, URI.create("https://patchbay.example"), Path.of("target"), Set.of("api")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "calendar.cancel|{}|calendar.cancel needs “id”; the flow gave none.",
                "calendar.cancel|{\"id\":null}|calendar.cancel needs “id”; the flow gave null there.",
                "calendar.cancel|{\"id\":7}|“id” of calendar.cancel is “7”, which is of the wrong type: integer found, string expected.",
                "calendar.cancel|{\"id\":\"\"}|“id” of calendar.cancel is empty.",
                "crm.upsertContact|{}|crm.upsertContact needs phone or email; the flow gave none of them.",
                "crm.upsertContact|{\"phone\":null}|crm.upsertContact needs phone or email; the flow gave none of them.",
                "crm.upsertContact|{\"email\":\"ada\"}|“email” of crm.upsertContact is “ada”; it has to be: An e-mail address, for example ada@example.com.",
                "messaging.sendSms|{\"to\":\"(415) 555-0123\",\"text\":\"x\"}|“to” of messaging.sendSms is “[phone …23]”; it has to be: E.164, for example +14155550123.",
            })
    void anInputViolationNamesTheMemberItsValueAndTheRule(String function, String input, String sentence) {
        assertThat(contracts.inputViolation(function, Json.read(input))).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({"1601,has 1601 characters; 1600 at most", "3,null"})
    void aTextThatIsTooLongIsCountedInCharacters(int length, String words) {
        var input = Json.object().put("to", "+14155550123").put("text", "x".repeat(length));

        assertThat(contracts.inputViolation("messaging.sendSms", input).orElse("null"))
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource({"0,must have a minimum value of 1", "30,written"})
    void longValuesAreQuotedShortened(int minutes, String words) {
        var input = Json.object()
                .put("contact", "c1")
                .put("minutes", minutes)
                .put("start", minutes == 0 ? "2031-03-03T09:00:00Z" : "next ".repeat(20));

        assertThat(contracts.inputViolation("calendar.book", input).orElseThrow())
                .contains(minutes == 0 ? words : "next …”; it has to be: ISO-8601");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi null, see you",
                "Hello {{ $json.name }}",
                "Hi ${name}",
                "Dear [object Object]",
                "undefined at 10",
                "NaN minutes"
            })
    void aTextThatIsNotFilledInIsNotSent(String text) {
        var input = Json.object().put("to", "+14155550123").put("text", text);

        assertThat(contracts.inputViolation("messaging.sendSms", input).orElse(""))
                .contains("a value was not filled in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Null problem", "Es ist null Uhr", "null and void", "Nullmeridian", "a {brace}", "$5"})
    void ordinaryWordsAreSent(String text) {
        var input = Json.object().put("to", "+14155550123").put("text", text);

        assertThat(contracts.inputViolation("messaging.sendSms", input)).isEmpty();
    }
}
