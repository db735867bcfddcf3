package dev.patchbay.flows.run;

import dev.patchbay.flows.run.StepQueries.Exchange;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the exchanges of an attempt from the journal, and finds the exchange that decided its outcome. */
final class ExchangeReader {

    private static final int NO_RESPONSE = 0;
    private static final int NOT_FOUND = 404;

    private ExchangeReader() {}

    static List<Exchange> read(JsonNode exchanges, AttemptResult result) {
        int[] statuses =
                exchanges.valueStream().mapToInt(ExchangeReader::status).toArray();
        int deciding = findDeciding(statuses, result).orElse(-1);
        return IntStream.range(0, statuses.length)
                .mapToObj(position -> exchange(exchanges.path(position), position == deciding))
                .toList();
    }

    /**
     * Returns the index of the last exchange that shows the reason. A lookup that finds nothing may follow a refusal of the
     * content, but it decides nothing.
     *
     * @param statuses the HTTP statuses; 0 where there was no response
     */
    static OptionalInt findDeciding(int[] statuses, AttemptResult result) {
        IntPredicate shows = result.reason()
                .<IntPredicate>map(reason -> switch (reason) {
                    case AUTH_EXPIRED -> status -> status == 401 || status == 403;
                    case RATE_LIMITED -> status -> status == 429 || status == 403;
                    case PROVIDER_DOWN, UNKNOWN_OUTCOME, TOO_LATE -> status -> status == NO_RESPONSE || status >= 500;
                    case NO_SLOT, BAD_INPUT, OPTED_OUT -> ExchangeReader::isRefusal;
                    case BUG -> status -> status >= 300;
                })
                .orElse(ExchangeReader::isSuccess);
        return last(statuses, shows)
                .or(last(statuses, ExchangeReader::isSuccess))
                .or(last(statuses, status -> true))
                .position();
    }

    private static boolean isRefusal(int status) {
        return status >= 400 && status < 500 && status != NOT_FOUND;
    }

    private static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    private static Candidate last(int[] statuses, IntPredicate condition) {
        return new Candidate(IntStream.range(0, statuses.length)
                .filter(position -> condition.test(statuses[position]))
                .max());
    }

    private record Candidate(OptionalInt position) {
        private Candidate or(Candidate other) {
            return position.isPresent() ? this : other;
        }
    }

    private static int status(JsonNode exchange) {
        return exchange.at("/answer/status").asInt(NO_RESPONSE);
    }

    private static Exchange exchange(JsonNode stored, boolean decided) {
        int status = status(stored);
        String operation = stored.path("operation").asString("");
        return new Exchange(
                operation.replaceFirst("/.*", ""),
                operation.replaceFirst("^[^/]*/", ""),
                stored.at("/request/method").asString(""),
                path(stored.at("/request/url").asString("")),
                status == NO_RESPONSE ? null : status,
                stored.at("/answer/error").asString(null),
                stored.path("milliseconds").asLong(0),
                body(stored.at("/request/body")),
                body(stored.at("/answer/body")),
                decided);
    }

    private static @Nullable JsonNode body(JsonNode body) {
        return body.isMissingNode() || body.isNull() ? null : body;
    }

    /** Returns the path without host and query. Redaction may have left an invalid URL, so a pattern extracts the path. */
    private static String path(String url) {
        return url.replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("[?].*", "");
    }
}
