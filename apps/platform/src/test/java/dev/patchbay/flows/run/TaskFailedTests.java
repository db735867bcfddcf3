package dev.patchbay.flows.run;

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
    void everyReasonSurvivesItsStandardError() {
        for (FailureReason reason : FailureReason.values()) {
            var failed = TaskFailed.forReason(reason, "/do/0/x", "why");
            assertThat(failed.error().path("title").asString()).isEqualTo(reason.code());
            assertThat(failed.error().path("status").asInt()).isBetween(400, 504);
            assertThat(TaskFailed.fromError(failed.error()).reason()).contains(reason);
            assertThat(reason.nextAction()).endsWith(".");
            assertThat(reason.meaning()).endsWith(".");
        }
        assertThat(TaskFailed.findReason("nothing of the kind")).isEmpty();
    }

    @Test
    void aFailureNamesItsTaskOrCompensation() {
        assertThat(TaskFailed.forReason(FailureReason.BUG, "/do/1/booking", "why")
                        .task())
                .isEqualTo("booking");
        assertThat(TaskFailed.forReason(FailureReason.BUG, "/do/1/booking/metadata/compensate/2", "why")
                        .task())
                .isEqualTo("undo booking");
        var raised = TaskFailed.raised(
                Json.object().put("type", "https://x.example/no").put("instance", "/mine"), "/do/0/refuse");
        assertThat(raised.task()).isEqualTo("mine");
        assertThat(raised.getMessage()).isEqualTo("The flow raised the error https://x.example/no.");
        assertThat(raised.causeCode()).isEqualTo("raised");
        var rejected = TaskFailed.fromError(TaskFailed.rejectionError("/do/0/ask", "too dear"));
        assertThat(rejected.causeCode()).isEqualTo("rejected");
        assertThat(rejected.getMessage()).contains("ask", "too dear");
    }

    @Test
    void aTimeLimitIsNotCaughtInsideItsTask() {
        var flow = TaskFailed.timeout(new Deadline(NOON, ""), FailureReason.PROVIDER_DOWN, "late");
        assertThat(flow.isTimeoutAround("/do/0/attempt")).isTrue();
        var group = TaskFailed.timeout(new Deadline(NOON, "/do/0/group"), FailureReason.PROVIDER_DOWN, "late");
        assertThat(group.isTimeoutAround("/do/0/group/do/1/attempt")).isTrue();
        assertThat(group.isTimeoutAround("/do/1/attempt")).isFalse();
        assertThat(TaskFailed.forReason(FailureReason.BUG, "", "why").isTimeoutAround("/do/0/attempt"))
                .isFalse();
        assertThat(TaskFailed.fromError(group.error()).reason()).contains(FailureReason.PROVIDER_DOWN);
    }

    @Test
    void aDeadlineLimitsAWaitAndPassesOnTime() {
        var deadline = new Deadline(NOON, "/do/0/group");
        var minute = Duration.ofMinutes(1);

        assertThat(deadline.limit(minute, NOON.minusSeconds(10))).isEqualTo(Duration.ofSeconds(10));
        assertThat(deadline.limit(minute, NOON.minusSeconds(100))).isEqualTo(minute);
        assertThat(deadline.limit(minute, NOON.plusSeconds(1))).isZero();
        assertThat(Deadline.NONE.limit(minute, NOON)).isEqualTo(minute);
        assertThat(deadline.hasPassed(NOON)).isTrue();
        assertThat(deadline.hasPassed(NOON.minusMillis(1))).isFalse();
        assertThat(Deadline.NONE.earlierOf(deadline)).isEqualTo(deadline);
        assertThat(deadline.earlierOf(Deadline.NONE)).isEqualTo(deadline);
        assertThat(Deadline.NONE.description()).contains("flow");
    }

    @Test
    void permanentDatabaseErrorsAreNotRetried() {
        assertThat(FlowRunner.isPermanent(new DataIntegrityViolationException("x")))
                .isTrue();
        assertThat(FlowRunner.isPermanent(new InvalidDataAccessResourceUsageException("x")))
                .isTrue();
        assertThat(FlowRunner.isPermanent(new InvalidDataAccessApiUsageException("x")))
                .isTrue();
        assertThat(FlowRunner.isPermanent(new DataAccessResourceFailureException("x")))
                .isFalse();
    }
}
