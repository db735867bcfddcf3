package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.WellFormedText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Fuzzes bodies of the API: one that is not refused has texts that can be stored, within their bounds. */
final class BodyFuzz {

    record Body(
            @Nullable String text,
            @Nullable JsonNode json,
            @Nullable Instant moment,
            @Nullable List<String> list,
            @Nullable Map<String, String> map,
            @Nullable Body inner) {}

    private BodyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Body body;
        try {
            body = Json.read(Json.read(input), Body.class);
        } catch (JacksonException answered400) {
            return;
        }
        if (body == null) {
            return;
        }
        try {
            RequestBounds.check(body);
        } catch (Problem answered422) {
            require(!answered422.detail().isBlank(), "refused without a reason");
            return;
        }
        requireBounded(body);
    }

    private static void requireBounded(Body body) {
        requireStorable(body.text(), RequestBounds.MAX_TEXT);
        if (body.json() != null) {
            require(Json.write(body.json()).length() <= RequestBounds.MAX_JSON, "a long JSON value");
        }
        if (body.moment() != null) {
            int year = body.moment().atZone(ZoneOffset.UTC).getYear();
            require(year >= 1900 && year <= 9999, "a year beyond the database's");
        }
        if (body.list() != null) {
            body.list().forEach(each -> requireStorable(each, RequestBounds.MAX_TEXT));
        }
        if (body.map() != null) {
            body.map().values().forEach(each -> requireStorable(each, RequestBounds.MAX_MAPPED_TEXT));
        }
        if (body.inner() != null) {
            requireBounded(body.inner());
        }
    }

    private static void requireStorable(@Nullable String text, int max) {
        require(text == null || (text.length() <= max && WellFormedText.of(text).equals(text)), "an unstorable text");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
