package dev.patchbay.usage.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.spi.UsageSource;
import dev.patchbay.usage.spi.UsageSource.Page;
import dev.patchbay.usage.spi.UsageSource.Window;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PageReaderTests {

    private final LinkedBlockingQueue<String> requested = new LinkedBlockingQueue<>();

    /** Three pages; the cursor of the last one is refused. */
    private final UsageSource source = new UsageSource() {
        @Override
        public String provider() {
            return "three";
        }

        @Override
        public Page read(Account account, Window window, Optional<String> cursor) {
            String key = cursor.orElse("first");
            requested.add(key);
            return switch (key) {
                case "first" -> page("second", true);
                case "second" -> page("third", false);
                case "broken" -> throw new AssertionError("broken");
                default -> throw new UsageSource.Unavailable("The provider answered 500.");
            };
        }
    };

    private static Page page(String cursor, boolean more) {
        return new Page(List.of(), List.of(), Set.of(), cursor, more, Optional.empty());
    }

    private PageReader reader(String cursor) {
        var account = new Account(
                new ConnectionId("con_1"),
                new TenantId("ten_1"),
                "three",
                URI.create("http://127.0.0.1"),
                Json.object(),
                Map.of());
        return new PageReader(source, account, new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(1)), cursor);
    }

    @Test
    void thePageAfterTheLastOneIsRequestedAtOnce() throws InterruptedException {
        PageReader reader = reader("");

        assertThat(reader.next().cursor()).isEqualTo("second");

        assertThat(requested.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(requested.poll(10, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(reader.next().more()).isFalse();
        assertThat(requested).isEmpty();
    }

    @Test
    void theProvidersFailureIsThrownAsItIs() {
        assertThatThrownBy(() -> reader("third").next())
                .isInstanceOf(UsageSource.Unavailable.class)
                .hasMessage("The provider answered 500.");
        assertThatThrownBy(() -> reader("broken").next())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(AssertionError.class);
    }
}
