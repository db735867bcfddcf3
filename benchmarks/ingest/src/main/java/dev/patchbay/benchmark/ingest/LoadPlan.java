package dev.patchbay.benchmark.ingest;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What to send.
 *
 * @param prefix of every id; lower-case letters and digits
 * @param connections most requests at once
 * @param leadIn sent and written down, but not measured
 * @param time of measuring
 * @param grace how long answers are waited for after that
 * @param perSecond arrivals by the clock, whether or not answers came (open loop); 0: each connection sends its next
 *     request when it has its answer (closed loop)
 * @param duplicates of a hundred requests, how many tell again what one of the last ids told
 * @param retries how often what was not answered, or with 429 or 5xx, is sent again; every second id only, so that both
 *     kinds are seen
 * @param most requests altogether
 * @param stop when a file of this name appears, it is over before its time
 * @param answers file that gets a line a request: id, status (0: no answer), event id or a dash
 */
record LoadPlan(
        String prefix,
        int connections,
        Duration leadIn,
        Duration time,
        Duration grace,
        int perSecond,
        int duplicates,
        int retries,
        long most,
        Path stop,
        Path answers) {

    static LoadPlan of(CommandLine commandLine) {
        return new LoadPlan(
                commandLine.text("prefix"),
                commandLine.number("connections", 64),
                Duration.ofSeconds(commandLine.number("lead-in", 2)),
                Duration.ofSeconds(commandLine.number("seconds", 10)),
                Duration.ofSeconds(commandLine.number("grace", 15)),
                commandLine.number("rate", 0),
                commandLine.number("duplicates", 0),
                commandLine.number("retries", 0),
                commandLine.number("most", 2_000_000),
                Path.of(commandLine.text("stop", commandLine.text("answers") + ".stop")),
                Path.of(commandLine.text("answers")));
    }

    boolean byTheClock() {
        return perSecond > 0;
    }
}
