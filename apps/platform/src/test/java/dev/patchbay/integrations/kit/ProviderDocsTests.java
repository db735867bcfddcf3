package dev.patchbay.integrations.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The tables of docs/providers.md match what the adapters state. */
@PatchbayTest
class ProviderDocsTests {

    @Autowired
    private List<Port> adapters;

    @Test
    void theTablesMatchTheAdapters() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../../docs/providers.md"));
        assertThat(table(lines, "| function |")).containsExactlyElementsOf(contracts());
        assertThat(table(lines, "| limit |")).containsExactlyElementsOf(limits());
    }

    private static List<String> table(List<String> lines, String head) {
        return lines.stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private List<String> contracts() {
        return PortFunction.ALL.stream()
                .filter(PortFunction::hasEffect)
                .flatMap(function -> sorted().filter(AdapterFixture.role(function)::isInstance)
                        .map(adapter -> line(function, adapter)))
                .toList();
    }

    private Stream<Port> sorted() {
        return adapters.stream().sorted(Comparator.comparing(Port::provider));
    }

    private static String line(PortFunction<?, ?, ?> function, Port adapter) {
        Idempotency idempotency = function.idempotency(adapter);
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        function.name(),
                        adapter.provider(),
                        idempotency.mechanism().label(),
                        idempotency.settle().label(),
                        idempotency.sentence());
    }

    private List<String> limits() {
        return sorted().flatMap(this::limits).distinct().toList();
    }

    private Stream<String> limits(Port adapter) {
        var account = TestHttp.account(adapter.provider(), URI.create("http://127.0.0.1"), "{}", Map.of());
        return adapter.quotas("", account, Json.object().put("from", "<number>")).stream()
                .map(quota -> line(adapter, quota));
    }

    private static String line(Port adapter, Quota quota) {
        return "| `%s` | %s | %d | %s |".formatted(quota.bucket(), adapter.provider(), quota.count(), quota.per());
    }
}
