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
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
                .isEqualTo(Json.object()
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
                .slotSearch(30);
        assertThat(OffsetDateTime.parse(search.path("from").asString())).isEqualTo(MARCH);
        assertThat(OffsetDateTime.parse(search.path("to").asString())).isEqualTo(APRIL);

        var day = arguments("{\"date\":\"2027-03-04\"}").slotSearch(30);
        assertThat(day.path("from").asString()).isEqualTo("2027-03-04T00:00Z");
        assertThat(day.path("to").asString()).isEqualTo("2027-03-05T00:00Z");
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
