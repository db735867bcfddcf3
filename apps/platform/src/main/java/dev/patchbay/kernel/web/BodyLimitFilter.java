package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects bodies over 1 MiB, bodies from providers over 4 MiB, and bodies over the limit of a {@link LargeBody}. A body with a
 * Content-Length is rejected at once, any other one when the reader passes the limit. An hour's call with the times of its
 * words in both lists of a transcript takes about 1.3 MB.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class BodyLimitFilter extends OncePerRequestFilter {

    static final int MAX_BYTES = 1 << 20;
    static final int MAX_PROVIDER_BYTES = 4 << 20;
    private static final String PROVIDER_PATH = "/ingress/";

    private final ProblemWriter problems;
    private final List<LargeBody> largeBodies;
    private final ApiBodySettings settings;
    private final AtomicLong bytesTogether = new AtomicLong();

    BodyLimitFilter(ProblemWriter problems, List<LargeBody> largeBodies, ApiBodySettings settings) {
        this.problems = problems;
        this.settings = settings;
        this.largeBodies = largeBodies;
    }

    private int limit(HttpServletRequest request) {
        String path = request.getRequestURI();
        return largeBodies.stream()
                .filter(body -> body.path().equals(path))
                .mapToInt(LargeBody::maxBytes)
                .findFirst()
                .orElse(path.startsWith(PROVIDER_PATH) ? MAX_PROVIDER_BYTES : MAX_BYTES);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int maxBytes = limit(request);
        if (request.getContentLengthLong() > maxBytes) {
            problems.write(request, response, tooLarge(maxBytes));
            return;
        }
        boolean ofProvider = request.getRequestURI().startsWith(PROVIDER_PATH);
        var reading = new Reading(maxBytes, !ofProvider);
        try {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public ServletInputStream getInputStream() throws IOException {
                            return new CountingInputStream(super.getInputStream(), reading);
                        }
                    },
                    response);
        } finally {
            bytesTogether.addAndGet(-reading.bytesRead);
        }
    }

    /** A body while it is read. */
    private final class Reading {
        private final int maxBytes;
        private final boolean ofApi;
        private final long start = System.nanoTime();
        private long bytesRead;

        /**
         * Starts to count and time a body.
         *
         * @param ofApi whether the time and memory limits of the API's bodies apply; webhooks have limits of their own
         */
        Reading(int maxBytes, boolean ofApi) {
            this.maxBytes = maxBytes;
            this.ofApi = ofApi;
        }

        void count(int read) {
            if (read > 0) {
                bytesRead += read;
                long together = bytesTogether.addAndGet(read);
                if (bytesRead > maxBytes) {
                    throw tooLarge(maxBytes);
                }
                if (ofApi && together > settings.memory().toBytes()) {
                    throw new Problem(
                            ProblemType.NOT_STORED,
                            "Too many bodies are arriving at once. Please send the request again.");
                }
            }
            if (ofApi && System.nanoTime() - start > settings.timeout().toNanos()) {
                throw new Problem(
                        ProblemType.REQUEST_TIMEOUT,
                        "Send the body within " + settings.timeout().toSeconds() + " s.");
            }
        }
    }

    private static Problem tooLarge(int maxBytes) {
        return new Problem(ProblemType.PAYLOAD_TOO_LARGE, "Send at most " + maxBytes + " bytes.");
    }

    /** Counts the bytes of a body while it is read. */
    private static final class CountingInputStream extends ServletInputStream {
        private final ServletInputStream body;
        private final Reading reading;

        CountingInputStream(ServletInputStream body, Reading reading) {
            this.body = body;
            this.reading = reading;
        }

        @Override
        public int read() throws IOException {
            int octet = body.read();
            reading.count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = body.read(target, offset, length);
            reading.count(read);
            return read;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
