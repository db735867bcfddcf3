package dev.patchbay.benchmark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpResponseTests {

    @Test
    void aResponseWithAContentLengthIsParsed() {
        assertThat(read("HTTP/1.1 202 \r\ncontent-length: 21\r\n\r\n{\"eventId\":\"evt_1a2\"}"))
                .contains(new HttpResponse(202, "evt_1a2", false));
    }

    @Test
    void aChunkedResponseIsParsed() {
        assertThat(
                        read(
                                "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n13\r\n{\"eventId\":\"evt_1\"}\r\n0\r\n\r\n"))
                .contains(new HttpResponse(200, "evt_1", false));
    }

    @Test
    void aResponseWithoutABodyIsParsed() {
        assertThat(read("HTTP/1.1 401 \r\nConnection: close\r\n\r\n")).contains(new HttpResponse(401, "-", true));
    }

    @Test
    void anIncompleteResponseIsEmpty() {
        assertThat(read("HTTP/1.1 202 \r\nContent-")).isEmpty();
        assertThat(read("HTTP/1.1 202 \r\nContent-Length: 21\r\n\r\n{\"eventId\""))
                .isEmpty();
        assertThat(read("HTTP/1.1 202 \r\nTransfer-Encoding: chunked\r\n\r\n13\r\n{\"eve"))
                .isEmpty();
    }

    private static Optional<HttpResponse> read(String text) {
        return HttpResponse.parse(ByteBuffer.allocate(1_024).put(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
