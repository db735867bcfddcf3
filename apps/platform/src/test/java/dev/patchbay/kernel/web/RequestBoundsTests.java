package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every member of a request body has a bound by its type. */
class RequestBoundsTests {

    record Inner(@MaxLength(5) String code) {}

    record Wide(Thread thread, Inner inner, List<? extends LocalTime> times) {}

    record Body(
            @Nullable String text,
            @Nullable URI uri,
            @Nullable JsonNode json,
            @Nullable Instant moment,
            @Nullable LocalDate day,
            @Nullable List<String> list,
            @Nullable Map<String, String> map,
            @Nullable Inner inner,
            Optional<String> optional,
            int number) {

        private static final Body EMPTY = new Body(null, null, null, null, null, null, null, null, Optional.empty(), 7);

        Body withText(String other) {
            return new Body(other, uri, json, moment, day, list, map, inner, optional, number);
        }

        Body withJson(JsonNode other) {
            return new Body(text, uri, other, moment, day, list, map, inner, optional, number);
        }

        Body withMoment(Instant other) {
            return new Body(text, uri, json, other, day, list, map, inner, optional, number);
        }

        Body withDay(LocalDate other) {
            return new Body(text, uri, json, moment, other, list, map, inner, optional, number);
        }

        Body withList(List<String> other) {
            return new Body(text, uri, json, moment, day, other, map, inner, optional, number);
        }

        Body withMap(Map<String, String> other) {
            return new Body(text, uri, json, moment, day, list, other, inner, optional, number);
        }

        Body withInner(Inner other) {
            return new Body(text, uri, json, moment, day, list, map, other, optional, number);
        }
    }

    @Test
    void textsAreBoundedInCharacters() {
        accept(Body.EMPTY.withText("t".repeat(1_000)));
        refuse(Body.EMPTY.withText("t".repeat(1_001)), "text has 1001 characters; the most is 1000.");
        refuse(Body.EMPTY.withText("a\0b"), "text contains the character NUL or half of a surrogate pair.");
        refuse(
                new Body(
                        null,
                        URI.create("https://example.com/" + "p".repeat(1_000)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Optional.of("o".repeat(1_001)),
                        1),
                "uri has");
    }

    @Test
    void aMemberMayHaveALengthOfItsOwn() {
        accept(Body.EMPTY.withInner(new Inner("12345")));
        refuse(Body.EMPTY.withInner(new Inner("123456")), "inner.code has 6 characters; the most is 5.");
    }

    @Test
    void jsonIsBoundedInItsCompactForm() {
        accept(Body.EMPTY.withJson(Json.object().put("a", "x".repeat(32 * 1024 - 8))));
        refuse(Body.EMPTY.withJson(Json.object().put("a", "x".repeat(32 * 1024 - 7))), "json has 32769");
        refuse(Body.EMPTY.withJson(Json.object().put("a", "x\0")), "json contains the character NUL");
        refuse(Body.EMPTY.withJson(Json.object().put("a\0", 1)), "json contains the character NUL");
        refuse(Body.EMPTY.withJson(Json.read("[[1, \"\\ud800\"]]")), "half of a surrogate pair");
        refuse(Body.EMPTY.withJson(Json.object().put("a", Double.POSITIVE_INFINITY)), "a number beyond");
        accept(Body.EMPTY.withJson(Json.read("[1, 1.5, null, true, {\"a\": \"\ud83d\ude00\"}]")));
    }

    @Test
    void listsAndMapsAreBoundedInElementsAndEachElement() {
        accept(Body.EMPTY.withList(Collections.nCopies(1_000, "x")));
        refuse(Body.EMPTY.withList(Collections.nCopies(1_001, "x")), "list has 1001 elements; the most is 1000.");
        refuse(Body.EMPTY.withList(List.of("x".repeat(1_001))), "list has 1001 characters");
        refuse(Body.EMPTY.withList(Collections.singletonList(null)), "list contains null.");
        accept(Body.EMPTY.withMap(Map.of("key", "v".repeat(8_192))));
        refuse(Body.EMPTY.withMap(Map.of("key", "v".repeat(8_193))), "map.key has 8193 characters");
        refuse(Body.EMPTY.withMap(Map.of("k".repeat(1_001), "v")), "map has 1001 characters");
        refuse(
                IntStream.range(0, 1_001).boxed().collect(Collectors.toMap(String::valueOf, String::valueOf)),
                "the body has 1001 elements");
        refuse(Map.of("a", "v".repeat(8_193)), "a has 8193 characters");
        refuse(List.of("x".repeat(1_001)), "the body has 1001 characters");
    }

    @Test
    void momentsAreInYearsThatCanBeStored() {
        accept(Body.EMPTY.withMoment(Instant.parse("1900-01-01T00:00:00Z")));
        accept(Body.EMPTY.withMoment(Instant.parse("9999-12-31T23:59:59Z")));
        refuse(Body.EMPTY.withMoment(Instant.parse("1899-12-31T23:59:59Z")), "moment is not between");
        refuse(Body.EMPTY.withMoment(Instant.MAX), "moment is not between");
        refuse(Body.EMPTY.withDay(LocalDate.MAX), "day is not between");
        accept(Body.EMPTY.withDay(LocalDate.of(2026, 11, 30)));
        assertThatThrownBy(() -> RequestBounds.checkMoment("noon", LocalTime.NOON))
                .isInstanceOf(Problem.class);
    }

    @Test
    void bytesAndOneJsonValueHaveTheLimitOfBodies() {
        accept(new byte[100_000]);
        accept(Json.object().put("a", "x".repeat(100_000)));
    }

    @Test
    void membersOfOtherTypesAreFound() throws ReflectiveOperationException {
        assertThat(RequestBounds.unboundedMembers(Body.class)).isEmpty();
        assertThat(RequestBounds.unboundedMembers(EventId.class)).isEmpty();
        assertThat(RequestBounds.unboundedMembers(Wide.class))
                .containsExactly(".thread: java.lang.Thread", ".times: java.time.LocalTime");
    }

    @Test
    void theDescriptionOfAMemberTellsItsLength() {
        assertThat(Inner.class.getRecordComponents())
                .extracting(RequestBounds::maxLengthOf)
                .containsExactly(Optional.of(5));
        assertThat(Body.class.getRecordComponents())
                .extracting(RequestBounds::maxLengthOf)
                .startsWith(Optional.of(1_000), Optional.of(1_000), Optional.empty());
    }

    private static void accept(Object body) {
        assertThatCode(() -> RequestBounds.check(body)).doesNotThrowAnyException();
    }

    private static void refuse(Object body, String sentence) {
        assertThatThrownBy(() -> RequestBounds.check(body))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(sentence);
    }
}
