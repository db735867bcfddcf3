package dev.patchbay.ingress.ingestion;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Reads the bodies of webhooks within two limits: the memory that all bodies being read may take together, and the time that
 * one body may take. Memory is reserved as bytes arrive, so a slow sender reserves only what it has sent.
 */
@Component
public class BodyMemoryLimit {

    private static final int CHUNK_BYTES = 8 * 1024;

    /** The memory that requests to unknown addresses may take together: enough to be answered, too little to crowd out others. */
    private static final long MAX_BYTES_UNADDRESSED = 4 * 1024 * 1024;

    private final Duration timeout;
    private final Budget addressed;
    private final Budget unaddressed = new Budget(MAX_BYTES_UNADDRESSED, new AtomicLong());

    private record Budget(long maxBytes, AtomicLong usedBytes) {}

    BodyMemoryLimit(IngressSettings settings, MeterRegistry meters) {
        this.addressed = new Budget(settings.maxBodyMemory().toBytes(), new AtomicLong());
        this.timeout = settings.bodyTimeout();
        meters.gauge(
                "ingress.bodies.bytes",
                this,
                budget -> budget.addressed.usedBytes().get()
                        + budget.unaddressed.usedBytes().get());
    }

    /** A body whose memory is reserved until it is closed. */
    public static final class ReservedBody implements AutoCloseable {
        private final Budget budget;
        private byte[] bytes = new byte[0];
        private long reserved;

        private ReservedBody(Budget budget) {
            this.budget = budget;
        }

        public byte[] bytes() {
            return bytes;
        }

        private void reserve(int read) {
            reserved += read;
            if (budget.usedBytes().addAndGet(read) > budget.maxBytes()) {
                throw new Problem(
                        ProblemType.NOT_STORED,
                        "Too many bodies are arriving at once. Please send the same webhook again.");
            }
        }

        @Override
        public void close() {
            budget.usedBytes().addAndGet(-reserved);
            reserved = 0;
        }
    }

    /**
     * Reads the body to its end.
     *
     * @param knownAddress whether the request went to the address of a connection
     * @throws Problem {@code 408.request_timeout} when it did not arrive in time, {@code 400.malformed_request} when the
     *     connection ended before it, {@code 429.not_stored} when all bodies together are too large; then nothing stays reserved
     */
    public ReservedBody read(InputStream body, boolean knownAddress) {
        var reserved = new ReservedBody(knownAddress ? addressed : unaddressed);
        boolean complete = false;
        try {
            reserved.bytes = readFully(body, reserved);
            complete = true;
            return reserved;
        } catch (IOException broken) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "The connection ended before the body was complete.");
        } finally {
            if (!complete) {
                reserved.close();
            }
        }
    }

    private byte[] readFully(InputStream body, ReservedBody reserved) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        var bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        while (true) {
            int read = body.read(chunk);
            if (read < 0) {
                return bytes.toByteArray();
            }
            reserved.reserve(read);
            bytes.write(chunk, 0, read);
            if (System.nanoTime() > deadline) {
                throw new Problem(ProblemType.REQUEST_TIMEOUT, "Send the body within " + timeout.toSeconds() + " s.");
            }
        }
    }
}
