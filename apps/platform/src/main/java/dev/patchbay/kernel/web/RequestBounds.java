package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.WellFormedText;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Bounds every member of every request body: texts, JSON values, lists and moments. A member is bounded by its type, so that a
 * new request needs no line here. {@link MaxLength} gives one member another length.
 */
public final class RequestBounds {

    /** The greatest length of a text, in characters. */
    public static final int MAX_TEXT = 1_000;

    /** The greatest length of a text in a map, in characters. Secrets such as private keys are sent in maps. */
    static final int MAX_MAPPED_TEXT = 8_192;

    /** The greatest length of a JSON value, in characters of its compact form. */
    public static final int MAX_JSON = 32 * 1024;

    /** The most elements of a list or an object. */
    static final int MAX_ELEMENTS = 1_000;

    private static final int MAX_EXPONENT = 300;

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;

    private RequestBounds() {}

    /**
     * Checks a body that was bound to a record, a list or a map. For a body that is one JSON value, or bytes, only the limit of
     * bodies applies.
     *
     * @throws Problem {@code 422.variables_invalid} naming the member that is out of bounds
     */
    static void check(Object body) {
        if (body instanceof Record || body instanceof Collection || body instanceof Map) {
            check("", body, MAX_TEXT, MAX_JSON);
        }
    }

    /**
     * Checks a moment and returns it.
     *
     * @throws Problem {@code 422.variables_invalid} when the moment is in a year that cannot be stored
     */
    static <T extends Temporal> T checkMoment(String member, T moment) {
        if (!isInRange(moment)) {
            throw invalid(member, "is not between the years " + FIRST_YEAR + " and " + LAST_YEAR);
        }
        return moment;
    }

    private static boolean isInRange(Temporal moment) {
        try {
            int year = moment instanceof Instant instant
                    ? instant.atZone(ZoneOffset.UTC).getYear()
                    : LocalDate.from(moment).getYear();
            return year >= FIRST_YEAR && year <= LAST_YEAR;
        } catch (DateTimeException beyondEveryYear) {
            return false;
        }
    }

    private static void check(String path, @Nullable Object value, int maxText, int maxJson) {
        switch (value) {
            case null -> {}
            case CharSequence text -> checkText(path, text.toString(), maxText);
            case URI uri -> checkText(path, uri.toString(), maxText);
            case JsonNode json -> checkJson(path, json, maxJson);
            case Instant moment -> checkMoment(path, moment);
            case LocalDate date -> checkMoment(path, date);
            case Optional<?> optional -> check(path, optional.orElse(null), maxText, maxJson);
            case Collection<?> list -> checkList(path, list, maxText, maxJson);
            case Map<?, ?> map -> checkMap(path, map, maxJson);
            case Record body -> checkMembers(path, body);
            default -> {} // numbers, enums, booleans and ids are bounded by their types
        }
    }

    private static void checkText(String path, String text, int max) {
        if (text.length() > max) {
            throw invalid(path, "has " + text.length() + " characters; the most is " + max);
        }
        if (!WellFormedText.of(text).equals(text)) {
            throw invalid(path, "contains the character NUL or half of a surrogate pair");
        }
    }

    private static void checkJson(String path, JsonNode json, int max) {
        int length = Json.write(json).length();
        if (length > max) {
            throw invalid(path, "has " + length + " characters as JSON; the most is " + max);
        }
        checkStorable(path, json, max);
    }

    private static void checkStorable(String path, JsonNode json, int max) {
        if (json.isString()) {
            checkText(path, json.stringValue(), max);
        }
        if (json.isFloatingPointNumber() && !isFinite(json)) {
            throw invalid(path, "contains a number beyond what can be stored");
        }
        json.propertyStream().forEach(member -> {
            checkText(path, member.getKey(), max);
            checkStorable(path, member.getValue(), max);
        });
        if (json.isArray()) {
            json.forEach(element -> checkStorable(path, element, max));
        }
    }

    /** Returns whether the number is within the range of a double, which is what other programs read. */
    private static boolean isFinite(JsonNode number) {
        if (!number.isBigDecimal()) {
            return Double.isFinite(number.doubleValue());
        }
        long digits =
                (long) number.decimalValue().precision() - number.decimalValue().scale();
        return Math.abs(digits) <= MAX_EXPONENT;
    }

    private static void checkList(String path, Collection<?> list, int maxText, int maxJson) {
        checkSize(path, list.size());
        if (list.stream().anyMatch(Objects::isNull)) {
            throw invalid(path, "contains null");
        }
        list.forEach(element -> check(path, element, maxText, maxJson));
    }

    private static void checkMap(String path, Map<?, ?> map, int maxJson) {
        checkSize(path, map.size());
        map.forEach((key, value) -> {
            checkText(path, String.valueOf(key), MAX_TEXT);
            check(path.isEmpty() ? String.valueOf(key) : path + "." + key, value, MAX_MAPPED_TEXT, maxJson);
        });
    }

    private static void checkSize(String path, int size) {
        if (size > MAX_ELEMENTS) {
            throw invalid(path, "has " + size + " elements; the most is " + MAX_ELEMENTS);
        }
    }

    private static void checkMembers(String path, Record body) {
        for (RecordComponent component : body.getClass().getRecordComponents()) {
            String member = path.isEmpty() ? component.getName() : path + "." + component.getName();
            Optional<Integer> own = Optional.ofNullable(component.getAnnotation(MaxLength.class))
                    .map(MaxLength::value);
            check(member, read(component, body), own.orElse(MAX_TEXT), own.orElse(MAX_JSON));
        }
    }

    private static @Nullable Object read(RecordComponent component, Record body) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(body);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("a member of a request cannot be read: " + component, failed);
        }
    }

    private static Problem invalid(String path, String what) {
        String member = path.isEmpty() ? "the body" : path.substring(0, Math.min(path.length(), 100));
        return new Problem(ProblemType.VARIABLES_INVALID, member + " " + what + ".");
    }

    /** Returns the greatest length of a member's text; empty when the member holds none. */
    public static Optional<Integer> maxLengthOf(RecordComponent component) {
        return component.getType() == String.class || component.getType() == URI.class
                ? Optional.of(Optional.ofNullable(component.getAnnotation(MaxLength.class))
                        .map(MaxLength::value)
                        .orElse(MAX_TEXT))
                : Optional.empty();
    }

    /** Returns the members of a request, and of the records in it, whose type has no bound here. */
    static List<String> unboundedMembers(Type request) {
        var unbounded = new ArrayList<String>();
        collectUnbounded("", request, unbounded);
        return unbounded;
    }

    private static void collectUnbounded(String path, Type type, List<String> unbounded) {
        switch (type) {
            case ParameterizedType generic -> {
                for (Type argument : generic.getActualTypeArguments()) {
                    collectUnbounded(path, argument, unbounded);
                }
            }
            case WildcardType wildcard -> collectUnbounded(path, wildcard.getUpperBounds()[0], unbounded);
            case Class<?> plain when isBounded(plain) -> {}
            case Class<?> members
            when members.isRecord() -> {
                for (RecordComponent component : members.getRecordComponents()) {
                    collectUnbounded(path + "." + component.getName(), component.getGenericType(), unbounded);
                }
            }
            default -> unbounded.add(path + ": " + type.getTypeName());
        }
    }

    /** Returns whether the type has a bound. Ids are bounded by {@code Ids}. */
    private static boolean isBounded(Class<?> type) {
        return type == String.class
                || type == byte[].class
                || type == URI.class
                || type == Instant.class
                || type == LocalDate.class
                || JsonNode.class.isAssignableFrom(type)
                || type.isEnum()
                || type.isPrimitive()
                || type == Boolean.class
                || type == Integer.class
                || type == Long.class
                || type == Double.class
                || (type.isRecord() && type.getSimpleName().endsWith("Id"));
    }
}
