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
        assertThat(beside.newStart(MARCH)).contains(APRIL);
        assertThat(beside.presentStart().orElseThrow()).accepts(MARCH).rejects(APRIL);

        var from = arguments("{\"start\":\"2027-04-05T09:00:00Z\",\"from\":\"2027-03-04T14:30:00Z\"}");
        assertThat(from.newStart(MARCH)).contains(APRIL);
        assertThat(from.presentStart().orElseThrow()).accepts(MARCH).rejects(APRIL);
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
                "{'date': 'tomorrow', 'time': 'between 2 and 4 PM'}; 2026-11-25T14:00Z; 2026-11-25T16:00Z",
                "{'date': 'Thursday', 'time': 'after 3 PM'}; 2026-11-26T15:00Z; 2026-11-27T00:00Z",
                "{'from': 'the next few days'}; 2026-11-24T00:00Z; 2026-12-02T00:00Z",
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
                "{'name': 'Frau Dipl.-Ing. Anna Schmidt'}; Anna; Schmidt",
                "{'name': 'Ursula von der Leyen'}; Ursula; von der Leyen",
                "{'name': 'Maria del Carmen Garcia'}; Maria del Carmen; Garcia",
                "{'name': 'Van Morrison'}; Van; Morrison",
                "{'name': 'Herr von Trotha'}; -; von Trotha",
                "{'name': 'Martin Luther King, Jr.'}; Martin Luther; King Jr.",
                "{'name': 'Ada Lovelace, MD'}; Ada; Lovelace",
                "{'name': 'Smith,Ada'}; Ada; Smith",
                "{'name': 'My name is Ada Lovelace'}; Ada; Lovelace",
                "{'name': '山田太郎'}; 山田太郎; -",
                "{'name': 'Мария Иванова'}; Мария; Иванова",
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
        assertThat(arguments("{\"name\": \"Mr. \"}").contact(PhoneNumber.read("+14155550100"), Map.of()))
                .isEmpty();
        assertThat(arguments("{\"name\": \"😀\"}").contact(PhoneNumber.read("+14155550100"), Map.of()))
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
    void aTimeOfDayMovesAnAppointmentWithinItsDay() {
        var later = arguments("{\"newStart\": \"4 PM\"}");

        assertThat(later.hasNewStart()).isTrue();
        assertThat(later.newStart(MARCH)).contains(MARCH.withHour(16).withMinute(0));
        assertThat(arguments("{\"newStart\": \"later\"}").hasNewStart()).isFalse();
        assertThat(arguments("{\"newStart\": \"later\"}").newStart(MARCH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; true; true",
                "{'start': 'N/A'}; true; true",
                "{'start': '2027-03-04'}; true; false",
                "{'date': 'March 4, 2027'}; true; false",
                "{'date': '2027-03-04', 'time': '9 AM'}; false; false",
                "{'time': '9 AM'}; false; true",
                "{'start': '2027-03-04T14:30'}; true; false"
            })
    void anAppointmentIsChosenByItsDayOrTime(String written, boolean march, boolean april) {
        var chosen = arguments(written.replace('\'', '"')).chosenStart().orElseThrow();

        assertThat(chosen.test(MARCH)).isEqualTo(march);
        assertThat(chosen.test(APRIL)).isEqualTo(april);
    }

    @Test
    void anAppointmentIsNotChosenByATimeThatCannotBeRead() {
        assertThat(arguments("{\"start\": \"the usual\"}").chosenStart()).isEmpty();
        var client = new Client(new ClientId("cli_1"), "Salon", ZoneId.of("America/Chicago"), Json.object(), Locale.US);
        var skipped = FunctionArguments.of(Json.object().put("start", "2027-03-14T02:30"), client, NOW);
        assertThat(skipped.chosenStart()).isEmpty();
        var doubled = FunctionArguments.of(Json.object().put("start", "2027-11-07T01:30"), client, NOW)
                .chosenStart()
                .orElseThrow();
        assertThat(doubled)
                .accepts(OffsetDateTime.parse("2027-11-07T01:30-05:00"), OffsetDateTime.parse("2027-11-07T01:30-06:00"))
                .rejects(OffsetDateTime.parse("2027-11-07T02:30-06:00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'phone': '(415) 555-0199'}; +14155550199",
                "{'phone': 'four one five five five five zero one nine nine'}; +14155550199",
                "{'phone': 'same as this one'}; +14155550100",
                "{'phone': 'N/A'}; +14155550100",
                "{}; +14155550100"
            })
    void aNumberIsReadInTheClientsCountryElseItIsTheCallers(String written, String number) {
        var input = arguments(written.replace('\'', '"')).appointment(MARCH, 30, PhoneNumber.read("+14155550100"));

        assertThat(input.at("/person/phone").asString()).isEqualTo(number);
    }

    @Test
    void aNumberThatCannotBeReadStaysWithoutAnother() {
        assertThat(arguments("{\"phone\": \"ask my wife\"}")
                        .appointment(MARCH, 30, Optional.empty())
                        .at("/person/phone")
                        .asString())
                .isEqualTo("ask my wife");
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
