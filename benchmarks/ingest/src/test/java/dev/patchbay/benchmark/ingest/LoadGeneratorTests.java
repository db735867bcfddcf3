package dev.patchbay.benchmark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadGeneratorTests {

    private static final String SECRET = "key_bench";

    @TempDir
    Path folder;

    private final List<String> marks = new ArrayList<>();

    @Test
    void eachRequestIsSignedAndEachResponseLogged() throws IOException, GeneralSecurityException {
        try (var server = new StubServer(StubServer::accepted)) {
            run(server, plan(4, 0, 0, 0, 100));
            assertThat(server.requests()).hasSize(100);
            for (var request : server.requests()) {
                assertThat(request.body()).hasSize(4096).contains("\"event\":\"call_analyzed\"", "\"agent_1\"");
                assertThat(request.head()).startsWith("POST /ingress/retell/key HTTP/1.1\r\n");
                String millis = request.head().replaceAll("(?s).*v=([0-9]{13}),d=.*", "$1");
                assertThat(request.head()).contains(",d=" + sign(request.body() + millis) + "\r\n\r\n");
            }
        }
        assertThat(responses())
                .hasSize(100)
                .allMatch(line -> line.matches("b1x0{2}[0-9]{27} 202 evt_[0-9]+ [0-9]{13}"));
        assertThat(responses().stream().map(line -> line.substring(0, 32)).distinct())
                .hasSize(100);
        assertThat(marks).containsExactly("open", "closed");
    }

    @Test
    void anOpenLoopKeepsItsRateAndCountsWaiting() throws IOException {
        try (var server = new StubServer(number -> {
            pauseAt(number, 20);
            return StubServer.accepted(number);
        })) {
            var summary = run(server, plan(1, 200, 0, 0, 60));
            assertThat(summary.measured()).isEqualTo(60L);
            // The connection was blocked for 200 ms, so the forty requests that were due meanwhile waited too.
            assertThat(summary.max()).isBetween(190.0, 2_000.0);
            assertThat(summary.p50()).isGreaterThan(5.0);
        }
    }

    @Test
    void aLeadInIsNotMeasured() throws IOException {
        try (var server = new StubServer(StubServer::accepted)) {
            var plan = new LoadPlan(
                    "b1x",
                    2,
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(5),
                    100,
                    0,
                    0,
                    1_000,
                    folder.resolve("s"),
                    folder.resolve("answers"));
            var summary = run(server, plan);
            assertThat(responses().size()).isBetween(55, 61);
            assertThat(summary.measured()).isBetween(25L, 31L);
            assertThat(summary.perSecond()).isBetween(50.0, 110.0).isEqualTo(summary.answeredPerSecond());
        }
    }

    @Test
    void duplicatesRepeatRecentIds() throws IOException {
        try (var server = new StubServer(StubServer::accepted)) {
            run(server, plan(2, 0, 50, 0, 600));
        }
        var ids = responses().stream().map(line -> line.substring(0, 32)).distinct();
        assertThat(ids.count()).isBetween(350L, 500L);
    }

    @Test
    void everySecondIdIsSentAgainUnlessItWasStored() throws IOException {
        try (var server = new StubServer(number -> switch (number) {
            case 0, 1 -> StubServer.response(429, "");
            case 2 -> StubServer.response(503, "");
            case 3, 4 -> "";
            default -> StubServer.accepted(number);
        })) {
            run(server, plan(1, 0, 0, 1, 6));
        }
        assertThat(statuses(0)).containsExactly("429", "202");
        assertThat(statuses(1)).containsExactly("429");
        assertThat(statuses(2)).containsExactly("503", "202");
        assertThat(statuses(3)).containsExactly("0");
        assertThat(statuses(4)).containsExactly("0", "202");
        assertThat(statuses(5)).containsExactly("202");
    }

    @Test
    void retriesAreLimited() throws IOException {
        try (var server = new StubServer(number -> "")) {
            var summary = run(server, plan(1, 0, 0, 2, 1));
            assertThat(summary.statuses()).containsEntry(0, 3L);
        }
        assertThat(statuses(0)).containsExactly("0", "0", "0");
    }

    @Test
    void aConnectionThatTheServerClosesIsReplaced() throws IOException {
        try (var server = new StubServer(
                number -> StubServer.accepted(number).replace("\r\nContent", "\r\nConnection: close\r\nContent"))) {
            run(server, plan(1, 0, 0, 0, 5));
            assertThat(server.requests()).hasSize(5);
        }
        assertThat(responses()).allMatch(line -> line.contains(" 202 "));
    }

    @Test
    void aServerThatDoesNotListenIsTriedAgain() throws IOException {
        InetSocketAddress unusedAddress;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unusedAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), closed.getLocalPort());
        }
        run(unusedAddress, shortPlan(0));
        assertThat(responses()).isEmpty();
    }

    @Test
    void aStopFileEndsTheLoadEarly() throws IOException {
        try (var server = new StubServer(number -> {
            touch(folder.resolve("stop"), number);
            return StubServer.accepted(number);
        })) {
            var plan = new LoadPlan(
                    "b1x",
                    1,
                    Duration.ZERO,
                    Duration.ofHours(1),
                    Duration.ofSeconds(5),
                    0,
                    0,
                    0,
                    1_000_000,
                    folder.resolve("stop"),
                    folder.resolve("answers"));
            run(server, plan);
        }
        assertThat(responses()).isNotEmpty();
    }

    @Test
    void aResponseAfterTheWindowCountsAsLatencyButNotAsThroughput() throws IOException {
        try (var server = new StubServer(number -> {
            pauseAt(number, 0);
            return StubServer.accepted(number);
        })) {
            var summary = run(server, shortPlan(5_000));
            assertThat(summary.measured()).isEqualTo(1);
            assertThat(summary.perSecond()).isZero();
            assertThat(summary.answeredPerSecond()).isZero();
        }
        assertThat(statuses(0)).containsExactly("202");
    }

    @Test
    void aMissingResponseHasTheStatusZero() throws IOException {
        try (var server = new StubServer(number -> StubServer.SILENCE)) {
            assertThat(run(server, shortPlan(200)).statuses()).containsEntry(0, 1L);
        }
        assertThat(statuses(0)).containsExactly("0");
    }

    private LoadPlan shortPlan(int graceMillis) {
        return new LoadPlan(
                "b1x",
                1,
                Duration.ZERO,
                Duration.ofMillis(50),
                Duration.ofMillis(graceMillis),
                0,
                0,
                1,
                10,
                folder.resolve("stop"),
                folder.resolve("answers"));
    }

    private LoadStatistics.Summary run(StubServer server, LoadPlan plan) throws IOException {
        return run(server.address(), plan);
    }

    private LoadStatistics.Summary run(InetSocketAddress server, LoadPlan plan) throws IOException {
        var target = URI.create("http://127.0.0.1:" + server.getPort() + "/ingress/retell/key");
        var webhook = new RetellWebhook(target, SECRET, "call_analyzed", "agent_1", 4096);
        return new LoadGenerator(plan, List.of(webhook), server, marks::add, Optional.empty()).run();
    }

    private LoadPlan plan(int connections, int rate, int duplicates, int retries, long maxRequests) {
        return new LoadPlan(
                "b1x",
                connections,
                Duration.ZERO,
                Duration.ofMillis(2_500),
                Duration.ofSeconds(5),
                rate,
                duplicates,
                retries,
                maxRequests,
                folder.resolve("stop"),
                folder.resolve("answers"));
    }

    private List<String> responses() throws IOException {
        return Files.readAllLines(folder.resolve("answers"));
    }

    private List<String> statuses(int number) throws IOException {
        String id = "b1x" + "0".repeat(28) + number;
        return responses().stream()
                .filter(line -> line.startsWith(id))
                .map(line -> line.split(" ", -1)[1])
                .toList();
    }

    private static void touch(Path file, int number) {
        try {
            if (number == 50) {
                Files.createFile(file);
            }
        } catch (IOException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    private static void pauseAt(int number, int slow) {
        if (number == slow) {
            try {
                // Simulates a slow server, whose delay must show in the statistics.
                Thread.sleep(200);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String sign(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
