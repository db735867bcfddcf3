package dev.patchbay.kernel.database;

import dev.patchbay.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a page that is bounded in bytes as well as in rows, because one row may hold a large value that a stranger sent. Rows
 * arrive in small portions, and reading stops at the bound. The page then ends early and has the cursor of the next one. At
 * least one row is read.
 */
public final class PageReader {

    /** The most bytes of a page, counted in the long column of all its rows, as text. */
    static final int MAX_BYTES = 4 << 20;

    private static final int PORTION = 10;

    private PageReader() {}

    /**
     * Reads a page within a transaction.
     *
     * @param query a query with an order, which selects one row more than the limit
     * @param longColumn the column that may be long
     */
    public static <T> Page<T> read(
            JdbcClient.StatementSpec query,
            String longColumn,
            int limit,
            RowMapper<T> mapper,
            Function<T, String> cursor) {
        return read(query, longColumn, limit, MAX_BYTES, mapper, cursor);
    }

    static <T> Page<T> read(
            JdbcClient.StatementSpec query,
            String longColumn,
            int limit,
            int maxBytes,
            RowMapper<T> mapper,
            Function<T, String> cursor) {
        List<T> rows = new ArrayList<>();
        boolean isCut = query.withFetchSize(PORTION).query(results -> {
            long bytes = 0;
            while (results.next()) {
                bytes += results.getBytes(longColumn).length;
                rows.add(mapper.mapRow(results, rows.size()));
                if (bytes > maxBytes && rows.size() > 1) {
                    return true;
                }
            }
            return false;
        });
        // When a page was cut at the byte limit, its last row already belongs to the next page.
        return Page.of(rows, isCut ? rows.size() - 1 : limit, cursor);
    }
}
