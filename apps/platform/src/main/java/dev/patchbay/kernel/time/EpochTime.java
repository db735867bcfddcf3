package dev.patchbay.kernel.time;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Seconds or milliseconds since 1970. The number of digits tells them apart until the year 2286. */
final class EpochTime {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{10}");
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{13}");

    private EpochTime() {}

    static Optional<Instant> read(String written) {
        String text = written.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        return MILLISECONDS.matcher(text).matches()
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
                : Optional.empty();
    }
}
