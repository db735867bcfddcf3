package dev.patchbay.ingress.internal;

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
 * Reads webhooks' bodies within bounds that hold for all of them together: so many bytes held at once, and so much time
 * for each. What is counted is what has arrived, so that slow senders occupy only what they sent.
 */
@Component
public class BodyMemoryLimit {

    private static final int PIECE = 8 * 1024;

    /** What requests to addresses that are nobody's may hold together: enough to be answered, not to be in the way. */
    private static final long STRANGERS = 4 * 1024 * 1024;

    private final Duration patience;
    private final Purse known;
    private final Purse strangers = new Purse(STRANGERS, new AtomicLong());

    private record Purse(long most, AtomicLong held) {}

    BodyMemoryLimit(IngressSettings settings, MeterRegistry meters) {
        this.known = new Purse(settings.bodies().toBytes(), new AtomicLong());
        this.patience = settings.bodyWithin();
        meters.gauge(
                "ingress.bodies.bytes",
                this,
                budget -> budget.known.held().get() + budget.strangers.held().get());
    }

    /** A body that is held until it is closed. */
    public static final class Held implements AutoCloseable {
        private final Purse purse;
        private byte[] bytes = new byte[0];
        private long counted;

        private Held(Purse purse) {
            this.purse = purse;
        }

        public byte[] bytes() {
            return bytes;
        }

        private void count(int read) {
            counted += read;
            if (purse.held().addAndGet(read) > purse.most()) {
                throw new Problem(
                        ProblemType.NOT_STORED, "Too many bodies are arriving at once. Please send it again.");
            }
        }

        @Override
        public void close() {
            purse.held().addAndGet(-counted);
            counted = 0;
        }
    }

    /**
     * Reads the body to its end.
     *
     * @param addressed whether it goes to an address that is somebody's
     * @throws Problem {@code 408.request_timeout} when it did not arrive in time, {@code 400.malformed_request} when the
     *     connection ended before it, {@code 429.not_stored} when all bodies together are too large; then nothing is held
     */
    public Held read(InputStream body, boolean addressed) {
        var reading = new Held(addressed ? known : strangers);
        boolean complete = false;
        try {
            reading.bytes = drain(body, reading);
            complete = true;
            return reading;
        } catch (IOException broken) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "The body ended before the length that was announced.");
        } finally {
            if (!complete) {
                reading.close();
            }
        }
    }

    private byte[] drain(InputStream body, Held reading) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        var arrived = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        while (true) {
            int read = body.read(piece);
            if (read < 0) {
                return arrived.toByteArray();
            }
            reading.count(read);
            arrived.write(piece, 0, read);
            if (System.nanoTime() > deadline) {
                throw new Problem(ProblemType.REQUEST_TIMEOUT, "Send the body within " + patience.toSeconds() + " s.");
            }
        }
    }
}
