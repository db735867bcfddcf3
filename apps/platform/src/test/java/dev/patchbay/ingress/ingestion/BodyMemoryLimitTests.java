package dev.patchbay.ingress.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BodyMemoryLimitTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theMemoryOfABodyIsReservedUntilItIsClosed() {
        var limit = limit(100_000, Duration.ofSeconds(5));
        try (var body = limit.read(new ByteArrayInputStream(new byte[50_000]), true)) {
            assertThat(body.bytes()).hasSize(50_000);
            assertThat(reservedBytes()).isEqualTo(50_000);
        }
        assertThat(reservedBytes()).isZero();
    }

    @Test
    void bodiesBeyondTheSharedLimitAreAnswered429() {
        var limit = limit(100_000, Duration.ofSeconds(5));
        try (var first = limit.read(new ByteArrayInputStream(new byte[60_000]), true)) {
            assertThat(first.bytes()).hasSize(60_000);
            assertRejected(limit, new ByteArrayInputStream(new byte[60_000]), ProblemType.NOT_STORED);
            assertThat(reservedBytes()).isEqualTo(60_000);
        }
        assertThat(limit.read(new ByteArrayInputStream(new byte[60_000]), true).bytes())
                .hasSize(60_000);
    }

    @Test
    void bodiesToUnknownAddressesHaveALimitOfTheirOwn() {
        var limit = limit(100_000_000, Duration.ofSeconds(5));
        try (var unaddressed = limit.read(new ByteArrayInputStream(new byte[4_000_000]), false)) {
            assertThat(reservedBytes()).isEqualTo(unaddressed.bytes().length);
            assertThatThrownBy(() -> limit.read(new ByteArrayInputStream(new byte[1_000_000]), false))
                    .isInstanceOf(Problem.class);
            assertThat(limit.read(new ByteArrayInputStream(new byte[1_000_000]), true)
                            .bytes())
                    .hasSize(1_000_000);
        }
    }

    @Test
    void aBodyThatTricklesInTimesOut() {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = 'x';
                return 1;
            }
        };
        assertRejected(limit(100_000_000, Duration.ZERO), endless, ProblemType.REQUEST_TIMEOUT);
        assertThat(reservedBytes()).isZero();
    }

    @Test
    void aBodyThatEndsEarlyIsRejected() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        assertRejected(limit(100_000, Duration.ofSeconds(5)), broken, ProblemType.MALFORMED_REQUEST);
    }

    private static void assertRejected(BodyMemoryLimit limit, InputStream body, ProblemType type) {
        assertThatThrownBy(() -> limit.read(body, true))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
    }

    private double reservedBytes() {
        return meters.get("ingress.bodies.bytes").gauge().value();
    }

    private BodyMemoryLimit limit(long bytes, Duration timeout) {
        var settings = new IngressSettings(Duration.ofSeconds(1), DataSize.ofBytes(bytes), timeout);
        return new BodyMemoryLimit(settings, meters);
    }
}
