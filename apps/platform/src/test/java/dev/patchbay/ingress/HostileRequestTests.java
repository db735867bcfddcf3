package dev.patchbay.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Hostile requests over bare sockets are answered or dropped, keep no memory and disturb no other request. */
@PatchbayTest
class HostileRequestTests {

    @Autowired
    private MeterRegistry meters;

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 3', '{\"a\":1}', 401",
        "'Content-Length: -1', '{}', 400",
        "'Content-Length: many', '{}', 400",
        "'Content-Length: 2\r\nContent-Length: 5', '{}', 400",
        "'Transfer-Encoding: chunked', 'zz', 400",
        "'Transfer-Encoding: chunked', '2\r\n{}\r\n0\r\n\r\n', 401",
        "'Content-Length: 99999999999', '', 413",
    })
    void aWrongContentLengthIsAnswered(String length, String body, int status) throws IOException {
        assertThat(exchange(length, body)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aFloodOfHeadersIsRejected() throws IOException {
        var many = new StringBuilder("Content-Length: 2");
        for (int i = 0; i < 500; i++) {
            many.append("\r\nX-Flood-").append(i).append(": y");
        }
        assertThat(exchange(many.toString(), "{}")).startsWith("HTTP/1.1 400");
        assertThat(exchange("Content-Length: 2\r\nX-Large: " + "y".repeat(20_000), "{}"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void aCompressedBodyIsNotDecompressed() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[10_000_000]);
        }
        var answer = TestEnvironment.send(TestEnvironment.request(Webhooks.address())
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())));

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void incompleteBodiesReserveOnlyTheirBytesAndOtherRequestsAreServed() throws IOException {
        var bodies = meters.get("ingress.bodies.bytes").gauge();
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 100; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), TestEnvironment.PORT);
                slow.add(socket);
                send(socket, head("Content-Length: 1000000") + "{\"half\":");
            }
            Awaitility.await().atMost(Duration.ofSeconds(4)).until(() -> bodies.value() >= 100 * 8);
            assertThat(bodies.value()).isLessThan(100 * 100);
            assertThat(Webhooks.deliver(Webhooks.callEnded(Webhooks.newCallId()))
                            .status())
                    .isEqualTo(202);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> bodies.value() == 0);
    }

    private static String exchange(String headers, String body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), TestEnvironment.PORT)) {
            socket.setSoTimeout(20_000);
            send(socket, head(headers + "\r\nConnection: close") + body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String head(String headers) {
        return "POST " + Webhooks.address().getPath()
                + " HTTP/1.1\r\nHost: patchbay\r\nContent-Type: application/json\r\n" + headers + "\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(Hashing.utf8(text));
        socket.getOutputStream().flush();
    }
}
