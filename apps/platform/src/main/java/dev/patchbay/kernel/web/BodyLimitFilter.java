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
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Rejects bodies over 1 MiB: at once by Content-Length, else when the reader passes the limit. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class BodyLimitFilter extends OncePerRequestFilter {

    static final int MAX_BYTES = 1 << 20;

    private final ProblemWriter problems;

    BodyLimitFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            problems.write(request, response, tooLarge());
            return;
        }
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public ServletInputStream getInputStream() throws IOException {
                        return new CountingInputStream(super.getInputStream());
                    }
                },
                response);
    }

    private static Problem tooLarge() {
        return new Problem(ProblemType.PAYLOAD_TOO_LARGE, "Send at most " + MAX_BYTES + " bytes.");
    }

    /** Counts the bytes of a body while it is read. */
    private static final class CountingInputStream extends ServletInputStream {
        private final ServletInputStream body;
        private long bytesRead;

        CountingInputStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int octet = body.read();
            count(1);
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = body.read(target, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            bytesRead += read;
            if (bytesRead > MAX_BYTES) {
                throw tooLarge();
            }
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
