package dev.patchbay.flows.run;

import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.TaskMetadata;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/** How long a step waits for a provider that does not answer. A time limit of the flow ends it earlier. */
record Patience(PatienceSettings settings, PortFunction<?, ?, ?> function, StepRecord step, TaskMetadata metadata) {

    /** The end of the patience when the step has not succeeded for that reason. */
    Instant end(FailureReason reason) {
        Instant begin = step.limitedFrom();
        if (reason == FailureReason.UNKNOWN_OUTCOME) {
            return begin.plus(longer(settings.lookUps(), metadata.patience().orElse(Duration.ZERO)));
        }
        return metadata.patience()
                .map(begin::plus)
                .orElseGet(() -> appointmentStart()
                        .filter(start -> start.isBefore(begin.plus(settings.bookings())))
                        .orElseGet(() -> begin.plus(ofFunction())));
    }

    /** Why the step fails when its patience is over: a message is then of no use any more, so that no replay sends it. */
    FailureReason reasonWhenOver(FailureReason reason) {
        return isMessage()
                        && reason == FailureReason.PROVIDER_DOWN
                        && end(reason).isAfter(step.limitedFrom())
                ? FailureReason.TOO_LATE
                : reason;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Duration ofFunction() {
        if (isMessage()) {
            return settings.messages();
        }
        return appointmentStart().isPresent() ? settings.bookings() : settings.records();
    }

    private boolean isMessage() {
        return function.portName().equals("messaging") || function.portName().equals("notify");
    }

    private Optional<Instant> appointmentStart() {
        String start = Objects.requireNonNull(step.input()).path("start").asString("");
        try {
            return start.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(start).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
