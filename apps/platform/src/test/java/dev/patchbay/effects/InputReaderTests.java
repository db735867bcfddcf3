package dev.patchbay.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class InputReaderTests {

    private static final Locality CHICAGO = new Locality(
            ZoneId.of("America/Chicago"),
            Locale.US,
            "US",
            Instant.parse("2026-11-30T16:00:00Z"),
            "+13125550100"::equals);

    private final PortContracts contracts = PortContractsTests.contracts();
    private final InputReader reader = new InputReader(contracts);

    private ReadInput read(String function, String input) {
        return reader.read(function, Json.read(input), CHICAGO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"4155550123\"; +14155550123",
                "4155550123; +14155550123",
                "\"(415) 555-0123\"; +14155550123",
                "\"+49 151 23456789\"; +4915123456789"
            })
    void readsPhoneNumbersInTheClientsCountry(String written, String number) {
        var read = read("crm.upsertContact", "{\"phone\": %s}".formatted(written));

        assertThat(read.input().path("phone").asString()).isEqualTo(number);
        assertThat(contracts.inputViolation("crm.upsertContact", read.input())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\" \"",
                "\"N/A\"",
                "\"not provided\"",
                "\"none\"",
                "\"{{email}}\"",
                "\"ada\"",
                "{}",
                "true",
                "[]",
                "\"no email\""
            })
    void anOptionalValueThatIsNoneCostsNothing(String email) {
        var read = read("crm.upsertContact", "{\"phone\": \"+14155550123\", \"email\": %s}".formatted(email));

        assertThat(read.input()).isEqualTo(Json.read("{\"phone\": \"+14155550123\"}"));
        assertThat(contracts.inputViolation("crm.upsertContact", read.input())).isEmpty();
    }

    @Test
    void omittedAndRepairedValuesAreNoted() {
        var read = read("crm.upsertContact", """
                {"phone": "+14155550123", "email": "ada at example dot com", "firstName": "N/A", "lastName": 7,
                 "source": {"a": 1}, "tags": "vip, , web"}""");

        assertThat(read.input()).isEqualTo(Json.read("""
                {"phone": "+14155550123", "email": "ada@example.com", "lastName": "7", "tags": ["vip", "web"]}"""));
        assertThat(read.notes())
                .hasSize(3)
                .anySatisfy(note -> assertThat(note).startsWith("“email” was read as ada@example.com"))
                .anySatisfy(note -> assertThat(note).startsWith("“firstName” says that there is none"))
                .anySatisfy(note -> assertThat(note).contains("source").endsWith("It was left out."));
    }

    @Test
    void namesThatLookLikeNoneAreNames() {
        var read = read(
                "crm.upsertContact", "{\"phone\": \"+14155550123\", \"firstName\": \"Na\", \"lastName\": \"Null\"}");

        assertThat(read.input().path("firstName").asString()).isEqualTo("Na");
        assertThat(read.input().path("lastName").asString()).isEqualTo("Null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+266696687", "anonymous", "555", "+13125550100", "312-555-0100"})
    void hiddenImpossibleAndOwnNumbersAreNoContactsNumber(String phone) {
        var read = read("crm.upsertContact", "{\"phone\": \"%s\", \"email\": \"ada@example.com\"}".formatted(phone));

        assertThat(read.input()).isEqualTo(Json.read("{\"email\": \"ada@example.com\"}"));
        assertThat(read.notes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2031-03-03T10:00; 30; 2031-03-03T10:00-06:00; 30",
                "tomorrow at 2:30 PM; '45 minutes'; 2026-12-01T14:30-06:00; 45",
                "2031-03-03T16:00:00Z; '1 hour'; 2031-03-03T10:00-06:00; 60",
                "2031-03-03 10:00; 30.0; 2031-03-03T10:00-06:00; 30"
            })
    void readsTimesAndLengths(String start, String minutes, String readStart, int readMinutes) {
        String length = minutes.matches("[0-9.]+") ? minutes : "\"" + minutes + "\"";
        var read = read(
                "calendar.book", "{\"contact\": \"c\", \"start\": \"%s\", \"minutes\": %s}".formatted(start, length));

        assertThat(read.input().path("start").asString()).isEqualTo(readStart);
        assertThat(read.input().path("minutes").asInt()).isEqualTo(readMinutes);
        assertThat(contracts.inputViolation("calendar.book", read.input())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2031-03-09T02:30", "2031-11-02T01:30", "tomorrow", "2:30 PM", "soon", ""})
    void aRequiredTimeThatIsInDoubtIsKeptAndRefused(String start) {
        var read = read("calendar.book", "{\"contact\": \"c\", \"start\": \"%s\", \"minutes\": 30}".formatted(start));

        assertThat(read.input().path("start").asString()).isEqualTo(start);
        assertThat(contracts.inputViolation("calendar.book", read.input())).isPresent();
    }

    @Test
    void aRangeOfOneDayIsThatDay() {
        JsonNode search = read(
                        "calendar.findSlots",
                        "{\"from\": \"2031-03-05\", \"to\": \"2031-03-05\", \"minutes\": \"half\"}")
                .input();

        assertThat(search.path("from").asString()).isEqualTo("2031-03-05T00:00-06:00");
        assertThat(search.path("to").asString()).isEqualTo("2031-03-06T00:00-06:00");
        assertThat(search.path("minutes").asString()).isEqualTo("half");
        assertThat(read("calendar.findSlots", "{\"from\": \"x\", \"to\": \"y\", \"minutes\": 1.5}")
                        .notes())
                .hasSize(2);
    }

    @Test
    void longTextsAreCutWhereNothingDependsOnThem() {
        var read = read(
                "calendar.book",
                "{\"contact\": \"c\", \"start\": \"2031-03-03T10:00\", \"minutes\": \"1.5\", \"title\": \"%s\"}"
                        .formatted("x".repeat(999) + "😀"));

        assertThat(read.input().path("title").asString()).isEqualTo("x".repeat(999));
        assertThat(read.notes()).anySatisfy(note -> assertThat(note).contains("was cut after 999"));
        assertThat(read.input().path("minutes").asString()).isEqualTo("1.5");
    }

    @Test
    void otherShapesAreLeftToTheContract() {
        assertThat(reader.read("calendar.book", Json.tree("text"), CHICAGO).input())
                .isEqualTo(Json.tree("text"));
        var read = read("calendar.book", "{\"contact\": \"c\", \"start\": null, \"minutes\": {}, \"other\": 1}");
        assertThat(read.input())
                .isEqualTo(Json.read("{\"contact\": \"c\", \"start\": null, \"minutes\": {}, \"other\": 1}"));
        var tags = read("crm.upsertContact", "{\"email\": \"a@example.com\", \"tags\": [{}, 7, null]}");
        assertThat(tags.input().has("tags")).isFalse();
        var odd = read("crm.upsertContact", "{\"email\": \"a@example.com\", \"tags\": {}}");
        assertThat(odd.input().has("tags")).isFalse();
    }

    @Test
    void readsThePersonOfAnAppointment() {
        var read = read("calendar.book", """
                {"contact": "c", "start": "2031-03-03T10:00", "minutes": 30,
                 "person": {"name": "Ada", "phone": "415 555 0123", "email": "N/A"}}""");

        assertThat(read.input().path("person"))
                .isEqualTo(Json.read("{\"name\": \"Ada\", \"phone\": \"+14155550123\"}"));
        assertThat(read.notes()).anySatisfy(note -> assertThat(note).contains("“person.email” says"));
        assertThat(contracts.inputViolation("calendar.book", read.input())).isEmpty();
    }
}
