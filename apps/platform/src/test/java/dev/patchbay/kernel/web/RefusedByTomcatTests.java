package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests that Tomcat refuses before any filter of ours are answered as all others are. */
@PatchbayTest
class RefusedByTomcatTests {

    private static String answerTo(String head) {
        try (var socket = new Socket("127.0.0.1", TestEnvironment.PORT)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException lost) {
            throw new IllegalStateException(lost);
        }
    }

    @Test
    void malformedHeadsAreAnsweredAsProblems() {
        Stream.of(
                        "GET /[ HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                        "GET /api/v1/me HTTP/1.1\r\nHost: a b\r\n\r\n",
                        "GET /%2e%2f..%5c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                        "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n")
                .forEach(head -> assertThat(answerTo(head))
                        .as(head.substring(0, Math.min(60, head.length())))
                        .startsWith("HTTP/1.1 4")
                        .contains("application/problem+json", "nosniff", "\"code\":\"400.")
                        .doesNotContain("<html", "Tomcat"));
    }
}
