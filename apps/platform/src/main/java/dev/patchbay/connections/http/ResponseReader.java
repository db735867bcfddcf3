package dev.patchbay.connections.http;

import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Reads a provider's response of any content type, up to a maximum size. */
final class ResponseReader {

    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private final Clock clock;

    ResponseReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * @throws IOException when the response breaks off or is larger than 4 MiB
     */
    Responded read(ClassicHttpResponse response) throws IOException {
        Optional<Duration> retryAfter = Optional.ofNullable(response.getFirstHeader("Retry-After"))
                .map(Header::getValue)
                .flatMap(this::parseRetryAfter);
        return new Responded(response.getCode(), body(response.getEntity()), retryAfter);
    }

    private static JsonNode body(@Nullable HttpEntity entity) throws IOException {
        byte[] bytes = entity == null ? new byte[0] : entity.getContent().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("the answer is larger than 4 MiB");
        }
        if (bytes.length == 0) {
            return NullNode.getInstance();
        }
        try {
            return Json.read(bytes);
        } catch (JacksonException noJson) {
            return StringNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Seconds or an HTTP date (RFC 9110, section 10.2.3); empty for another text. */
    private Optional<Duration> parseRetryAfter(String header) {
        try {
            if (header.chars().allMatch(Character::isDigit)) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
            }
            Instant until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration remaining = Duration.between(clock.instant(), until);
            return Optional.of(remaining.isNegative() ? Duration.ZERO : remaining);
        } catch (NumberFormatException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
