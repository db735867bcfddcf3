package dev.patchbay.integrations.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.connections.http.ScriptedProvider;
import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.usage.spi.RejectedStatement;
import dev.patchbay.usage.spi.RejectedStatement.Code;
import dev.patchbay.usage.spi.UsageSource.Page;
import dev.patchbay.usage.spi.UsageSource.Unavailable;
import dev.patchbay.usage.spi.UsageSource.Window;
import dev.patchbay.usage.spi.UsageStatement;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenRouterUsageSourceTests {

    private static final Window WINDOW =
            new Window(Instant.parse("2026-10-01T05:00:00Z"), Instant.parse("2026-10-04T05:00:00Z"));

    private final OutgoingHttp http = TestHttp.unchecked();
    private final OpenRouterUsageSource usage = new OpenRouterUsageSource(http);
    private ScriptedProvider openRouter;

    @BeforeEach
    void start() throws IOException {
        openRouter = new ScriptedProvider();
    }

    @AfterEach
    void stop() throws IOException {
        openRouter.close();
        http.destroy();
    }

    private Page read(Window window, Optional<String> cursor) {
        Account account = TestHttp.account("openrouter", openRouter.address(), "{}", Map.of("api_key", "key_1"));
        return usage.read(account, window, cursor);
    }

    private String path() {
        return openRouter.seen().getLast().path();
    }

    @Test
    void eachCompletedDayIsAPage() {
        openRouter.then(200, "{\"data\": []}").then(200, "{\"data\": []}");
        Page first = read(WINDOW, Optional.empty());
        assertThat(path()).isEqualTo("/api/v1/activity?date=2026-10-01");
        assertThat(first.more()).isTrue();
        assertThat(first.cursor()).isEqualTo("2026-10-02");
        Page last = read(WINDOW, Optional.of("2026-10-03"));
        assertThat(path()).isEqualTo("/api/v1/activity?date=2026-10-03");
        assertThat(last.more()).isFalse();
    }

    @Test
    void aDayThatIsNotCompletedIsNotListed() {
        Page page = read(WINDOW, Optional.of("2026-10-04"));
        assertThat(openRouter.seen()).isEmpty();
        assertThat(page.statements()).isEmpty();
        assertThat(page.more()).isFalse();
    }

    @Test
    void aLongWindowBeginsWithTheFirstOfTheLastThirtyCompletedDays() {
        openRouter.then(200, "{\"data\": []}");
        read(new Window(Instant.parse("2026-08-01T00:00:00Z"), WINDOW.to()), Optional.empty());
        assertThat(path()).isEqualTo("/api/v1/activity?date=2026-09-04");
    }

    @Test
    void anActivityWithItsCostIsAStatement() {
        openRouter.then(200, """
                {"data": [{"endpoint_id": "e", "model": "m", "usage": 0.015, "prompt_tokens": 7, "completion_tokens": 3}]}
                """);
        UsageStatement statement = read(WINDOW, Optional.empty()).statements().getFirst();
        assertThat(statement.subject()).isEqualTo("2026-10-01/e");
        assertThat(statement.charges()).singleElement().satisfies(charge -> {
            assertThat(charge.product()).isEqualTo("m");
            assertThat(charge.quantity()).isEqualByComparingTo("10");
            assertThat(charge.cost()).isEqualByComparingTo("0.015");
        });
    }

    @ParameterizedTest
    @CsvSource({"-1, NEGATIVE_COST", "null, MALFORMED"})
    void anActivityWithoutAReadableCostIsRejected(String cost, Code code) {
        openRouter.then(200, "{\"data\": [{\"model\": \"m\", \"usage\": " + cost + "}]}");
        Page page = read(WINDOW, Optional.empty());
        assertThat(page.statements()).isEmpty();
        assertThat(page.rejected()).extracting(RejectedStatement::code).containsExactly(code);
        assertThat(page.rejected().getFirst().subject()).isEqualTo("2026-10-01/m");
    }

    @Test
    void aRefusalNamesTheManagementKey() {
        openRouter.then(403, "{}");
        assertThatThrownBy(() -> read(WINDOW, Optional.empty()))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("OpenRouter answered 403")
                .hasMessageContaining("management key");
    }

    @Test
    void aLostResponseAndAProviderOutOfReachMakeUsageUnavailable() {
        openRouter.thenNothing();
        assertThatThrownBy(() -> read(WINDOW, Optional.empty())).isInstanceOf(Unavailable.class);
        openRouter.close();
        assertThatThrownBy(() -> read(WINDOW, Optional.empty())).isInstanceOf(Unavailable.class);
    }
}
