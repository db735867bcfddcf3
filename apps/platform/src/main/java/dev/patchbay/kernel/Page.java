package dev.patchbay.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a list of the API answers.
 *
 * @param next what to send as {@code after} to get the following page; null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** Cuts a page from rows that were read with one more than the limit. */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        return rows.size() > limit
                ? new Page<>(List.copyOf(rows.subList(0, limit)), cursor.apply(rows.get(limit - 1)))
                : new Page<>(List.copyOf(rows), null);
    }
}
