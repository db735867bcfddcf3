package dev.patchbay.connections.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The newest calls through a connection that failed in a row. */
record FailureStreak(List<Failure> failures) {

    static final FailureStreak NONE = new FailureStreak(List.of());

    private record Failure(String origin, Instant at) {}

    /** The streak with one more failure, without those before the window. */
    FailureStreak with(String origin, Instant now, OutageSettings settings) {
        Duration window = settings.failureWindow();
        var recent = Stream.concat(
                        failures.stream().filter(failure -> failure.at().isAfter(now.minus(window))),
                        Stream.of(new Failure(origin, now)))
                .toList();
        return new FailureStreak(recent.subList(Math.max(0, recent.size() - settings.failures()), recent.size()));
    }

    Instant begin() {
        return failures.getFirst().at();
    }

    /** One run's input that a provider answers with a 5xx must not stop the others. */
    boolean isSuspicious(OutageSettings settings) {
        return failures.size() >= settings.failures()
                && failures.stream().map(Failure::origin).distinct().count() > 1;
    }
}
