package dev.patchbay.livecalls.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.CalendarRules.Violation;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every outcome has a sentence that an agent can say. */
class AgentRepliesTests {

    private static final OffsetDateTime START = OffsetDateTime.parse("2027-03-04T14:30:00Z");
    private static final JsonNode NO_SLOTS = Json.read("{\"slots\":[]}");
    private static final JsonNode ONE_SLOT =
            Json.read("{\"slots\":[{\"start\":\"2027-03-05T09:00:00Z\",\"end\":\"2027-03-05T09:30:00Z\"}]}");

    private final AgentReplies replies = AgentReplies.of(
            new Client(new ClientId("cli_1"), "Salon", ZoneId.of("UTC"), Json.object(), Locale.US),
            Instant.parse("2026-11-24T10:00:00Z"));

    @Test
    void onlyAFinalFailureTellsTheOperatorItsReason() {
        var failed = replies.unavailable(new Outcome.Failed(FailureReason.NO_SLOT, "It is so."));
        var retry = replies.unavailable(new Outcome.Retry(Duration.ZERO, FailureReason.NO_SLOT, "It is so."));

        assertThat(failed.result().path("problem").asString()).isEqualTo("It is so.");
        assertThat(retry.result().isEmpty()).isTrue();
        assertThat(retry.say()).isEqualTo(failed.say());
    }

    @Test
    void aTimeThatIsNotOfferedComesWithOthersIfThereAreAny() {
        for (var violation : List.of(
                Optional.<Violation>empty(),
                Optional.of(Violation.PAST),
                Optional.of(Violation.TOO_SOON),
                Optional.of(Violation.TOO_FAR),
                Optional.of(Violation.CLOSED))) {
            var none = replies.slotTaken(START, violation, Optional.of(NO_SLOTS));
            var one = replies.slotTaken(START, violation, Optional.of(ONE_SLOT));

            assertThat(none.outcome()).isEqualTo("taken");
            assertThat(none.result().path("slots").isEmpty()).isTrue();
            assertThat(one.say()).isNotEqualTo(none.say());
            assertThat(one.result().at("/slots/0/start").asString()).isEqualTo("2027-03-05T09:00Z");
            assertThat(replies.slotTaken(START, violation, Optional.empty())).isEqualTo(none);
        }
    }

    @Test
    void freeTimesAreOfferedOrThereAreNone() {
        assertThat(replies.freeSlots(NO_SLOTS).say())
                .isNotEqualTo(replies.freeSlots(ONE_SLOT).say());
        assertThat(replies.freeSlots(ONE_SLOT).result().path("slots").size()).isEqualTo(1);
    }

    @Test
    void openingsAreReadFromTheCalendarsAnswerOrTheRefusalNamesItsCause() {
        assertThat(OpeningService.read(new Outcome.Succeeded(ONE_SLOT)).slots()).hasSize(1);
        assertRefusal(
                new Outcome.Failed(FailureReason.NO_SLOT, "It is so."), ProblemType.MALFORMED_REQUEST, "It is so.");
        assertRefusal(
                new Outcome.Retry(Duration.ZERO, FailureReason.NO_SLOT, "It is away."),
                ProblemType.PROVIDER_ERROR,
                "It is away.");
        assertRefusal(new Outcome.NeedsPerson("Ask."), ProblemType.PROVIDER_ERROR, "Ask.");
        assertRefusal(
                new Outcome.ProviderAway(new ConnectionId("con_1"), "It is away."),
                ProblemType.PROVIDER_ERROR,
                "It is away.");
        assertRefusal(new Outcome.Deferred(Duration.ZERO), ProblemType.PROVIDER_ERROR, "rate limit");
    }

    private static void assertRefusal(Outcome outcome, ProblemType type, String sentence) {
        assertThatThrownBy(() -> OpeningService.read(outcome))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(type))
                .hasMessageContaining(sentence);
    }
}
