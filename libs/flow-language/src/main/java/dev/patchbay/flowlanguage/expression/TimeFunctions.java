package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * The date functions of jq 1.7 that need no clock (jq manual, "Dates"), and three of ours for times in a zone: {@code in_zone},
 * {@code shift_time} and {@code strflocaltime} with a zone. {@code fromdate} reads offsets and fractions too, where jq reads
 * {@code Z} only.
 */
final class TimeFunctions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter ISO_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);
    private static final DateTimeFormatter ISO_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    static final Map<String, Function> ALL = Map.ofEntries(
            entry("fromdateiso8601/0", (in, arguments) -> fromIso(in)),
            entry("fromdate/0", (in, arguments) -> fromIso(in)),
            entry("todateiso8601/0", (in, arguments) -> toIso(in)),
            entry("todate/0", (in, arguments) -> toIso(in)),
            entry("date/0", (in, arguments) -> toIso(in)),
            entry("dateadd/2", (in, arguments) -> plus(in, arguments.get(1), 1)),
            entry("datesub/2", (in, arguments) -> plus(in, arguments.get(1), -1)),
            entry("gmtime/0", (in, arguments) -> BrokenDownTime.of(seconds(in, "gmtime"))),
            entry(
                    "mktime/0",
                    (in, arguments) ->
                            JSON.numberNode(BrokenDownTime.read(in, "mktime").toEpochSecond(ZoneOffset.UTC))),
            entry(
                    "strptime/1",
                    (in, arguments) ->
                            StrpTime.parse(text(in, "strptime/1"), text(arguments.getFirst(), "strptime/1"))),
            entry(
                    "strftime/1",
                    (in, arguments) -> JSON.textNode(StrfTime.format(
                            zoned(in, "strftime/1", ZoneOffset.UTC), text(arguments.getFirst(), "strftime/1")))),
            entry(
                    "strflocaltime/2",
                    (in, arguments) -> JSON.textNode(StrfTime.format(
                            zoned(in, "strflocaltime/2", zone(arguments.get(1))),
                            text(arguments.getFirst(), "strflocaltime/2")))),
            entry(
                    "in_zone/1",
                    (in, arguments) ->
                            JSON.textNode(ISO_OFFSET.format(zoned(in, "in_zone/1", zone(arguments.getFirst()))))),
            entry(
                    "shift_time/2",
                    (in, arguments) -> JSON.textNode(ISO_OFFSET.format(shift(
                            zoned(in, "shift_time/2", zone(arguments.get(1))),
                            text(arguments.getFirst(), "shift_time/2"))))));

    private TimeFunctions() {}

    /** Computes a value from the input and the values of all arguments. */
    private interface Computation {
        JsonNode compute(JsonNode in, List<JsonNode> arguments);
    }

    private static Map.Entry<String, Function> entry(String name, Computation computation) {
        return Map.entry(name, new Computed(computation));
    }

    private record Computed(Computation computation) implements Function {

        @Override
        public void apply(
                Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
                throws JsonQueryException {
            applyTo(scope, arguments, List.of(), in, output);
        }

        private void applyTo(
                Scope scope, List<Expression> arguments, List<JsonNode> values, JsonNode in, PathOutput output)
                throws JsonQueryException {
            if (values.size() < arguments.size()) {
                arguments
                        .get(values.size())
                        .apply(
                                scope,
                                in,
                                value -> applyTo(
                                        scope,
                                        arguments,
                                        Stream.concat(values.stream(), Stream.of(value))
                                                .toList(),
                                        in,
                                        output));
                return;
            }
            try {
                output.emit(computation.compute(in, values), null);
            } catch (DateTimeException | ArithmeticException noSuchTime) {
                throw new JsonQueryException(String.valueOf(noSuchTime.getMessage()));
            }
        }
    }

    private static JsonNode fromIso(JsonNode in) {
        Instant time = OffsetDateTime.parse(text(in, "fromdateiso8601")).toInstant();
        return time.getNano() == 0
                ? JSON.numberNode(time.getEpochSecond())
                : JSON.numberNode(time.getEpochSecond() + time.getNano() / 1e9);
    }

    private static JsonNode toIso(JsonNode in) {
        double seconds = seconds(in, "strftime/1");
        return JSON.textNode(ISO_SECONDS.format(BrokenDownTime.instant(seconds).atOffset(ZoneOffset.UTC)));
    }

    private static JsonNode plus(JsonNode in, JsonNode number, int sign) {
        return JSON.numberNode(seconds(in, "dateadd") + sign * seconds(number, "dateadd"));
    }

    /** The time that is a number of seconds, a broken-down time in UTC, or a text in ISO-8601. */
    private static ZonedDateTime zoned(JsonNode in, String function, ZoneId zone) {
        if (in.isTextual()) {
            return OffsetDateTime.parse(in.textValue()).atZoneSameInstant(zone);
        }
        return in.isArray()
                ? BrokenDownTime.read(in, function).toInstant(ZoneOffset.UTC).atZone(zone)
                : BrokenDownTime.instant(seconds(in, function)).atZone(zone);
    }

    private static ZoneId zone(JsonNode name) {
        return ZoneId.of(text(name, "zone"));
    }

    private static ZonedDateTime shift(ZonedDateTime time, String amount) {
        int clock = amount.indexOf('T');
        String sign = amount.startsWith("-") ? "-" : "";
        String days = clock < 0 ? amount : amount.substring(0, clock);
        ZonedDateTime shifted = days.endsWith("P") ? time : time.plus(Period.parse(days));
        return clock < 0 ? shifted : shifted.plus(Duration.parse(sign + "P" + amount.substring(clock)));
    }

    private static double seconds(JsonNode value, String function) {
        if (!value.isNumber()) {
            throw new DateTimeException(function + " requires a number");
        }
        return value.doubleValue();
    }

    private static String text(JsonNode value, String function) {
        if (!value.isTextual()) {
            throw new DateTimeException(function + " requires a string");
        }
        return value.textValue();
    }
}
