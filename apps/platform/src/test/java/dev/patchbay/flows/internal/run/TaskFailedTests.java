package dev.patchbay.flows.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;

class TaskFailedTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void everyReasonHasAStandardErrorAndIsFoundAgain() {
        for (FailureReason failureReason : FailureReason.values()) {
            var failed = TaskFailed.because(failureReason, "/do/0/x", "why");
            assertThat(failed.error().path("title").asString()).isEqualTo(failureReason.code());
            assertThat(failed.error().path("status").asInt()).isBetween(400, 504);
            assertThat(TaskFailed.journalled(failed.error()).reason()).contains(failureReason);
            assertThat(failureReason.nextAction()).endsWith(".");
            assertThat(failureReason.meaning()).endsWith(".");
        }
        assertThat(TaskFailed.reasonOf("nothing of the kind")).isEmpty();
    }

    @Test
    void aFailureNamesItsTaskAndWhatWasBeingUndone() {
        assertThat(TaskFailed.because(FailureReason.BUG, "/do/1/booking", "why").task())
                .isEqualTo("booking");
        assertThat(TaskFailed.because(FailureReason.BUG, "/do/1/booking/metadata/compensate/2", "why")
                        .task())
                .isEqualTo("undo booking");
        var raised = TaskFailed.raised(
                Json.object().put("type", "https://x.example/no").put("instance", "/mine"), "/do/0/refuse");
        assertThat(raised.task()).isEqualTo("mine");
        assertThat(raised.getMessage()).isEqualTo("The flow raised the error https://x.example/no.");
        assertThat(raised.code()).isEqualTo("raised");
        var rejected = TaskFailed.journalled(TaskFailed.rejection("/do/0/ask", "too dear"));
        assertThat(rejected.code()).isEqualTo("rejected");
        assertThat(rejected.getMessage()).contains("ask", "too dear");
    }

    @Test
    void aTimeLimitPassesWhatStandsInsideItAndNothingElse() {
        var flow = TaskFailed.timeout(new Deadline(NOON, ""), FailureReason.PROVIDER_DOWN, "late");
        assertThat(flow.passes("/do/0/attempt")).isTrue();
        var group = TaskFailed.timeout(new Deadline(NOON, "/do/0/group"), FailureReason.PROVIDER_DOWN, "late");
        assertThat(group.passes("/do/0/group/do/1/attempt")).isTrue();
        assertThat(group.passes("/do/1/attempt")).isFalse();
        assertThat(TaskFailed.because(FailureReason.BUG, "", "why").passes("/do/0/attempt"))
                .isFalse();
        assertThat(TaskFailed.journalled(group.error()).reason()).contains(FailureReason.PROVIDER_DOWN);
    }

    @Test
    void aDeadlineShortensAWaitAndIsOverWhenItSays() {
        var deadline = new Deadline(NOON, "/do/0/group");
        var minute = Duration.ofMinutes(1);

        assertThat(deadline.within(minute, NOON.minusSeconds(10))).isEqualTo(Duration.ofSeconds(10));
        assertThat(deadline.within(minute, NOON.minusSeconds(100))).isEqualTo(minute);
        assertThat(deadline.within(minute, NOON.plusSeconds(1))).isZero();
        assertThat(Deadline.NONE.within(minute, NOON)).isEqualTo(minute);
        assertThat(deadline.isOver(NOON)).isTrue();
        assertThat(deadline.isOver(NOON.minusMillis(1))).isFalse();
        assertThat(Deadline.NONE.orEarlier(deadline)).isEqualTo(deadline);
        assertThat(deadline.orEarlier(Deadline.NONE)).isEqualTo(deadline);
        assertThat(Deadline.NONE.words()).contains("flow");
    }

    @Test
    void whatTheDatabaseRefusesForGoodIsNoReasonToWait() {
        assertThat(FlowRunner.stays(new DataIntegrityViolationException("x"))).isTrue();
        assertThat(FlowRunner.stays(new InvalidDataAccessResourceUsageException("x")))
                .isTrue();
        assertThat(FlowRunner.stays(new InvalidDataAccessApiUsageException("x")))
                .isTrue();
        assertThat(FlowRunner.stays(new DataAccessResourceFailureException("x")))
                .isFalse();
    }
}
