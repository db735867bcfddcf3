package dev.patchbay.kernel.database;

import dev.patchbay.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a page that is bounded in bytes as well as in rows, since one row may hold what a stranger sent. Rows arrive in small portions,
 * and reading stops at the bound; the page then ends early and says where the next one begins. At least one row is read.
 */
public final class PageReader {

    /** Of the long column of all rows of a page, as text. */
    static final int MAX_BYTES = 4 << 20;

    private static final int PORTION = 10;

    private PageReader() {}

    /**
     * Reads a page, within a transaction.
     *
     * @param query ordered, with one row more than the limit
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
        // Of a page that was cut, the last row is the one too many.
        return Page.of(rows, isCut ? rows.size() - 1 : limit, cursor);
    }
}
