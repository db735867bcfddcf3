package dev.patchbay.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Page;
import dev.patchbay.testing.PatchbayTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A page ends at its bytes, and the next one begins there. */
@PatchbayTest
class PageReaderTests {

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private Page<Integer> page(int after, int limit, int rowBytes) {
        return tenancy.throughDefinerFunction(() -> PageReader.read(
                jdbc.sql("""
                        SELECT n, repeat('x', :bytes) AS data FROM generate_series(:first, 30) n
                        ORDER BY n LIMIT :limit""").param("bytes", rowBytes).param("first", after + 1).param("limit", limit + 1),
                "data",
                limit,
                100,
                (row, number) -> row.getInt("n"),
                String::valueOf));
    }

    private List<Integer> readAll(int limit, int rowBytes) {
        var all = new ArrayList<Integer>();
        @Nullable String next = "0";
        while (next != null) {
            var page = page(Integer.parseInt(next), limit, rowBytes);
            assertThat(page.items()).isNotEmpty();
            all.addAll(page.items());
            next = page.next();
        }
        return all;
    }

    @Test
    void everyRowIsOnOnePage() {
        assertThat(page(0, 25, 1).items()).hasSize(25);
        assertThat(page(0, 25, 30).items()).hasSize(3);
        assertThat(page(0, 25, 200).items()).hasSize(1);
        assertThat(page(0, 40, 1).next()).isNull();
        for (int bytes : List.of(1, 30, 200)) {
            assertThat(readAll(7, bytes)).hasSize(30).isSorted().doesNotHaveDuplicates();
        }
    }
}
