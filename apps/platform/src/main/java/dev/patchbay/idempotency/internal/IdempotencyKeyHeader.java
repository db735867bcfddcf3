package dev.patchbay.idempotency.internal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The value of {@code Idempotency-Key}: a string in quotes as RFC 8941 requires ({@code \"} and {@code \\} escaped), or the
 * same without quotes, as most clients send it; 1 to 255 visible characters.
 */
final class IdempotencyKeyHeader {

    static final String NAME = "Idempotency-Key";

    private static final Pattern QUOTED = Pattern.compile("\"(?:[\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\]){1,255}\"");
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x7e][\\x21-\\x7e]{0,254}");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private IdempotencyKeyHeader() {}

    static Optional<String> parse(String value) {
        if (QUOTED.matcher(value).matches()) {
            return Optional.of(
                    ESCAPED.matcher(value.substring(1, value.length() - 1)).replaceAll("$1"));
        }
        return Optional.of(value).filter(bare -> BARE.matcher(bare).matches());
    }
}
