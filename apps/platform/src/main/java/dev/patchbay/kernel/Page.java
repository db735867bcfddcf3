package dev.patchbay.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of the API.
 *
 * @param next the value of {@code after} for the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** Cuts a page from rows that were queried with one more than the limit. */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        return rows.size() > limit
                ? new Page<>(List.copyOf(rows.subList(0, limit)), cursor.apply(rows.get(limit - 1)))
                : new Page<>(List.copyOf(rows), null);
    }
}
