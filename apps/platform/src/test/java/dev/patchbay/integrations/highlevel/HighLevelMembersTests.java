package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HighLevelMembersTests {

    private static final ContactDetails ADA = new ContactDetails("+1", "ada@example.com", null, null, null, List.of());

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'));
    }

    @Test
    void aSearchWithoutAResponseHasNoMatches() {
        assertThat(HighLevelContactsApi.findMatches(new HttpOutcome.Lost("Lost."), ADA))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"+1, x, true", "+2, ADA@example.com, true", "+2, x, false"})
    void aMatchHasTheSamePhoneOrEmail(String phone, String email, boolean match) {
        JsonNode body = json("{'contacts': [{'phone': '" + phone + "', 'email': '" + email + "'}]}");
        var outcome = new HttpOutcome.Responded(200, body, Optional.empty());
        assertThat(HighLevelContactsApi.findMatches(outcome, ADA)).hasSize(match ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'id': 'c', 'dnd': true}                                                 | true  | true",
                "{'id': 'c', 'dnd': true, 'dndSettings': {'SMS': {'status': 'active'}}}   | true  | false",
                "{'id': 'c', 'dnd': false}                                                | false | false"
            })
    void dndAloneStandsForAllChannels(String contact, boolean sms, boolean email) {
        var dnd = HighLevelContactReader.read(json(contact), false, List.of())
                .orElseThrow()
                .dnd();
        assertThat(dnd.sms()).isEqualTo(sms);
        assertThat(dnd.email()).isEqualTo(email);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                                                                   | true",
                "{'customFields': [{'id': 'other', 'value': 'blue'}]}                 | true",
                "{'customFields': [{'id': 'abcdefghijklmnopqrst', 'value': 'red'}]}   | true",
                "{'customFields': [{'id': 'abcdefghijklmnopqrst', 'value': 'blue'}]}  | false"
            })
    void aCustomFieldIsWrittenWhereTheContactLacksItsValue(String contact, boolean written) {
        var details = new ContactDetails(
                null, null, null, null, null, null, Map.of("abcdefghijklmnopqrst", Json.tree("blue")), null, null);
        var changes = new HighLevelContactChanges(details).changes(json(contact), List.of());
        assertThat(changes.has("customFields")).isEqualTo(written);
    }

    @Test
    void aContactKeepsTheMembersThatDifferByMoreThanCase() {
        var changes = new HighLevelContactChanges(ADA);
        assertThat(changes.kept(json("{'phone': '+2', 'email': 'ADA@example.com'}")))
                .containsExactly("phone");
        assertThat(changes.kept(json("{}"))).isEmpty();
    }
}
