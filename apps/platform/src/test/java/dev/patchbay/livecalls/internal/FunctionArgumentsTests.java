package dev.patchbay.livecalls.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments as language models fill them in; a default stands for each that is missing. */
class FunctionArgumentsTests {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final OffsetDateTime MARCH = OffsetDateTime.parse("2027-03-04T14:30:00Z");
    private static final OffsetDateTime APRIL = OffsetDateTime.parse("2027-04-05T09:00:00Z");

    private static final String RENAMED =
            "{\"functions\":{\"arguments\":{\"appointment_datetime\":\"start\",\"absent\":\"title\"}}}";

    private static FunctionArguments arguments(String written) {
        var client = new Client(new ClientId("cli_1"), "Salon", ZoneId.of("UTC"), Json.read(RENAMED), Locale.US);
        return FunctionArguments.of(Json.read(written), client, NOW);
    }

    @Test
    void anArgumentIsRenamedAsTheClientSaysUnlessOurNameIsThere() {
        assertThat(arguments("{\"appointment_datetime\":\"2027-03-04T14:30:00Z\"}")
                        .start())
                .contains(MARCH);
        assertThat(arguments("{\"appointment_datetime\":\"2027-03-04T14:30:00Z\",\"start\":\"2027-04-05T09:00:00Z\"}")
                        .start())
                .contains(APRIL);
    }

    @Test
    void argumentsThatAreNoObjectCountAsNone() {
        var none = arguments("[1]");

        assertThat(none.start()).isEmpty();
        assertThat(none.appointmentId()).isEmpty();
        assertThat(none.slotSearch(30))
                .contains(Json.object()
                        .put("from", "2026-11-24T10:00Z")
                        .put("to", "2026-12-01T10:00Z")
                        .put("minutes", 30));
    }

    @Test
    void anAppointmentMovesFromOneTimeToAnother() {
        var beside = arguments("{\"newStart\":\"2027-04-05T09:00:00Z\",\"start\":\"2027-03-04T14:30:00Z\"}");
        assertThat(beside.newStart()).contains(APRIL);
        assertThat(beside.presentStart()).contains(MARCH);

        var from = arguments("{\"start\":\"2027-04-05T09:00:00Z\",\"from\":\"2027-03-04T14:30:00Z\"}");
        assertThat(from.newStart()).contains(APRIL);
        assertThat(from.presentStart()).contains(MARCH);
    }

    @Test
    void lengthLiesBetweenOneMinuteAndADay() {
        assertThat(arguments("{\"minutes\":0}").minutes()).isEmpty();
        assertThat(arguments("{\"minutes\":1}").minutes()).contains(1);
        assertThat(arguments("{\"minutes\":1440}").minutes()).contains(1440);
        assertThat(arguments("{\"minutes\":1441}").minutes()).isEmpty();
    }

    @Test
    void aSearchLastsFromItsStartToItsEndAndADayCountsAsAWhole() {
        var search = arguments("{\"from\":\"2027-03-04T14:30:00Z\",\"to\":\"2027-04-05T09:00:00Z\"}")
                .slotSearch(30)
                .orElseThrow();
        assertThat(OffsetDateTime.parse(search.path("from").asString())).isEqualTo(MARCH);
        assertThat(OffsetDateTime.parse(search.path("to").asString())).isEqualTo(APRIL);

        var day = arguments("{\"date\":\"2027-03-04\"}").slotSearch(30).orElseThrow();
        assertThat(day.path("from").asString()).isEqualTo("2027-03-04T00:00Z");
        assertThat(day.path("to").asString()).isEqualTo("2027-03-05T00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'from': 'next week'}; 2026-11-30T00:00Z; 2026-12-07T00:00Z",
                "{'from': 'next week', 'to': 'next week'}; 2026-11-30T00:00Z; 2026-12-07T00:00Z",
                "{'date': 'tomorrow', 'time': 'afternoon'}; 2026-11-25T12:00Z; 2026-11-26T00:00Z",
                "{'date': 'tomorrow', 'time': '14:30'}; 2026-11-25T00:00Z; 2026-11-26T00:00Z",
                "{'from': 'tomorrow', 'time': 'in the morning'}; 2026-11-25T00:00Z; 2026-11-25T12:00Z",
                "{'from': '2026-11-26'}; 2026-11-26T00:00Z; 2026-12-03T00:00Z",
                "{'from': 'tomorrow', 'to': 'Friday'}; 2026-11-25T00:00Z; 2026-11-28T00:00Z",
                "{'from': 'in March', 'to': 'March'}; 2027-03-01T00:00Z; 2027-04-01T00:00Z",
                "{'from': 'Friday', 'to': 'Thursday'}; 2026-11-27T00:00Z; 2026-12-04T00:00Z",
                "{'from': 'as soon as possible', 'to': 'N/A'}; 2026-11-24T10:00Z; 2026-12-01T10:00Z",
                "{'start': 'tomorrow at 3 PM'}; 2026-11-25T15:00Z; 2026-12-02T15:00Z"
            })
    void timesAreSearchedWhereTheAgentSays(String written, String from, String to) {
        var search = arguments(written.replace('\'', '"')).slotSearch(30).orElseThrow();

        assertThat(search.path("from").asString()).isEqualTo(from);
        assertThat(search.path("to").asString()).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'from': 'after the holidays'}", "{'from': 'tomorrow', 'to': 'whenever my sister can'}"})
    void aSearchAtATimeThatCannotBeReadIsAskedAgain(String written) {
        assertThat(arguments(written.replace('\'', '"')).slotSearch(30)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'date': 'March 4, 2027', 'start': '2:30 PM'}",
                "{'start': {'date': '2027-03-04', 'time': '14:30'}}",
                "{'start': {'dateTime': '2027-03-04T14:30:00Z', 'timeZone': 'UTC'}}",
                "{'start': {'datetime': '2027-03-04T14:30'}}",
                "{'start': 'N/A', 'date': '2027-03-04', 'time': 'two thirty PM'}"
            })
    void theStartIsReadFromAllItsParts(String written) {
        assertThat(arguments(written.replace('\'', '"')).start()).contains(MARCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'minutes': 45}; 45",
                "{'minutes': '45'}; 45",
                "{'minutes': '1 hour 30 minutes'}; 90",
                "{'minutes': 'half an hour'}; 30",
                "{'minutes': 'eine Stunde'}; 60"
            })
    void lengthsAreReadInWords(String written, int minutes) {
        assertThat(arguments(written.replace('\'', '"')).minutes()).contains(minutes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "{'name': 'Ada Lovelace'}; Ada; Lovelace",
                "{'name': 'Ada King Lovelace'}; Ada King; Lovelace",
                "{'name': 'Lovelace, Ada'}; Ada; Lovelace",
                "{'name': 'Ada'}; Ada; -",
                "{'name': 'Frau Müller'}; -; Müller",
                "{'name': 'Prof. Dr. Grace Hopper'}; Grace; Hopper",
                "{'first_name': 'Ada', 'name': 'Ada L.'}; Ada; -",
                "{'lastName': 'Lovelace'}; -; Lovelace"
            })
    void namesBecomeTheContactsNames(String written, String first, String last) {
        var said = arguments(written.replace('\'', '"'))
                .contact(PhoneNumber.read("+14155550100"), Map.of())
                .orElseThrow();

        assertThat(said.path("firstName").asString(null)).isEqualTo(first);
        assertThat(said.path("lastName").asString(null)).isEqualTo(last);
        assertThat(said.path("phone").asString()).isEqualTo("+14155550100");
    }

    @Test
    void aContactNeedsSomethingNewAndSomethingThatIdentifiesIt() {
        assertThat(arguments("{}").contact(PhoneNumber.read("+14155550100"), Map.of()))
                .isEmpty();
        assertThat(arguments("{\"name\": \"Ada\"}").contact(Optional.empty(), Map.of()))
                .isEmpty();
        assertThat(arguments("{\"name\": \"Mr. \"}").contact(Optional.empty(), Map.of()))
                .isEmpty();
        assertThat(arguments("{\"email\": \"ada@example.com\"}").contact(Optional.empty(), Map.of()))
                .contains(Json.object().put("email", "ada@example.com"));
        assertThat(arguments("{\"service\": \"Cleaning\", \"email\": \"a@b.de\"}")
                        .contact(Optional.empty(), Map.of("service", "wanted_service", "other", "field"))
                        .orElseThrow()
                        .path("customFields"))
                .isEqualTo(Json.object().put("wanted_service", "Cleaning"));
    }

    @Test
    void theCallersNumberStandsForTheContactAndThePhone() {
        var input = arguments("{}").appointment(MARCH, 30, PhoneNumber.read("+14155550100"));

        assertThat(input.path("contact").asString()).isEqualTo("+14155550100");
        assertThat(input.at("/person/phone").asString()).isEqualTo("+14155550100");
    }

    @Test
    void withoutAPersonAnAppointmentIsOfAnUnknownCaller() {
        var input = arguments("{}").appointment(MARCH, 30, Optional.empty());

        assertThat(input.path("contact").asString()).isEqualTo("unknown caller");
        assertThat(input.has("person")).isFalse();
    }

    @Test
    void aNameMayComeInPartsAndALongTextIsCut() {
        var input = arguments("{\"first_name\":\"Ada\",\"lastName\":\"Byron\",\"contact\":\"" + "x".repeat(201) + "\"}")
                .appointment(MARCH, 30, Optional.empty());

        assertThat(input.at("/person/name").asString()).isEqualTo("Ada Byron");
        assertThat(input.path("contact").asString()).isEqualTo("x".repeat(200));
    }

    @Test
    void anActionHasTheSameNameUntilAnAppointmentChanges() {
        String first = FunctionArguments.actionName("calendar.book", MARCH, 30, 0);

        assertThat(FunctionArguments.actionName("calendar.book", MARCH.withOffsetSameInstant(APRIL.getOffset()), 30, 0))
                .isEqualTo(first);
        assertThat(FunctionArguments.actionName("calendar.book", MARCH, 30, 2)).isEqualTo(first + "-2");
    }
}
