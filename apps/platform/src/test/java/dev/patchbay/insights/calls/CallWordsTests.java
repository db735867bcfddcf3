package dev.patchbay.insights.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.insights.calls.CallFigures.Grouping;
import dev.patchbay.kernel.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes, searches, cursors and the sentences that a client's people read. */
class CallWordsTests {

    @Test
    void clientsReadNothingOfProvidersRunsAndStatuses() {
        var reasons = new ArrayList<String>(List.of("raised", "rejected", "cancelled"));
        for (FailureReason reason : FailureReason.values()) {
            reasons.add(reason.code());
        }
        for (CallOutcome outcome : CallOutcome.values()) {
            for (String reason : reasons) {
                String sentence = String.valueOf(ClientSentences.of(outcome, reason, List.of("messaging.sendSms")));
                assertThat(sentence.toLowerCase(Locale.ROOT))
                        .doesNotContain(
                                "parked", "google", "highlevel", "twilio", "run", "flow", "http", "_", "status");
                assertThat(ClientSentences.reason(reason)).isIn("no_slot", "other");
            }
        }
        assertThat(ClientSentences.reason(null)).isNull();
        assertThat(ClientSentences.of(CallOutcome.BOOKED, null, List.of("crm.addTag")))
                .isNull();
        assertThat(ClientSentences.of(CallOutcome.NOT_BOOKED, null, List.of())).contains("Please call back");
    }

    @ParameterizedTest
    @CsvSource({
        "+1 (415) 555-0100, c.number",
        "4155550100, :national",
        "14155550100999, c.number",
        "call_0123456789, c.call_id",
        "cor_01abcdefgh, c.correlation_id",
        "Ada Byron, c.name_key",
        "d'Arc, c.surname_key",
        "12345, c.name_key",
    })
    void aSearchIsReadAsANumberAnIdOrAName(String text, String condition) {
        assertThat(CallSearch.of(text).condition()).contains(condition);
        assertThat(CallSearch.of(text).condition()).as("no text of the request").doesNotContain(text);
    }

    @Test
    void aCursorIsReadAsItWasWritten() {
        var cursor = new CallCursor(Instant.parse("2026-11-30T10:00:00.123Z"), "call_1-2");

        assertThat(CallCursor.read(cursor.toString())).isEqualTo(cursor);
        for (String text : List.of("", "1", "x-call_1", "-call_1", "1-", "9999999999999999-call_1")) {
            assertThatThrownBy(() -> CallCursor.read(text)).as(text).isInstanceOf(Problem.class);
        }
    }

    @Test
    void codesAreReadAsTheyAreWritten() {
        for (CallOutcome outcome : CallOutcome.values()) {
            assertThat(CallOutcome.of(outcome.code())).isEqualTo(outcome);
        }
        for (HandledHow how : HandledHow.values()) {
            assertThat(HandledHow.of(how.code())).isEqualTo(how);
        }
        assertThat(Grouping.find("reason")).contains(Grouping.REASON);
        assertThat(Grouping.find("none")).isEmpty();
        assertThat(CallRebuild.State.RUNNING.code()).isEqualTo("running");
    }

    @Test
    void aNameIsFoundByItsBeginningAndItsLastWord() {
        assertThat(CallRow.nameKey("Ada Byron")).isEqualTo("ada byron");
        assertThat(CallRow.nameKey(null)).isNull();
    }
}
