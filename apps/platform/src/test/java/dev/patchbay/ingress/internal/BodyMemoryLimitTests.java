package dev.patchbay.ingress.internal;

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
    void whatWasReadIsHeldUntilItIsClosed() {
        var budget = budget(100_000, Duration.ofSeconds(5));
        try (var body = budget.read(new ByteArrayInputStream(new byte[50_000]), true)) {
            assertThat(body.bytes()).hasSize(50_000);
            assertThat(held()).isEqualTo(50_000);
        }
        assertThat(held()).isZero();
    }

    @Test
    void moreThanAllTogetherMayHoldIsAskedForAgain() {
        var budget = budget(100_000, Duration.ofSeconds(5));
        try (var first = budget.read(new ByteArrayInputStream(new byte[60_000]), true)) {
            assertThat(first.bytes()).hasSize(60_000);
            assertRefused(budget, new ByteArrayInputStream(new byte[60_000]), ProblemType.NOT_STORED);
            assertThat(held()).isEqualTo(60_000);
        }
        assertThat(budget.read(new ByteArrayInputStream(new byte[60_000]), true).bytes())
                .hasSize(60_000);
    }

    @Test
    void whatGoesToNobodyHoldsAShareOfItsOwn() {
        var budget = budget(100_000_000, Duration.ofSeconds(5));
        try (var stranger = budget.read(new ByteArrayInputStream(new byte[4_000_000]), false)) {
            assertThat(held()).isEqualTo(stranger.bytes().length);
            assertThatThrownBy(() -> budget.read(new ByteArrayInputStream(new byte[1_000_000]), false))
                    .isInstanceOf(Problem.class);
            assertThat(budget.read(new ByteArrayInputStream(new byte[1_000_000]), true)
                            .bytes())
                    .hasSize(1_000_000);
        }
    }

    @Test
    void aBodyThatTricklesInIsLetGo() {
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
        assertRefused(budget(100_000_000, Duration.ZERO), endless, ProblemType.REQUEST_TIMEOUT);
        assertThat(held()).isZero();
    }

    @Test
    void aBodyThatBreaksOffIsNoBody() {
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
        assertRefused(budget(100_000, Duration.ofSeconds(5)), broken, ProblemType.MALFORMED_REQUEST);
    }

    private static void assertRefused(BodyMemoryLimit budget, InputStream body, ProblemType type) {
        assertThatThrownBy(() -> budget.read(body, true))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(type));
    }

    private double held() {
        return meters.get("ingress.bodies.bytes").gauge().value();
    }

    private BodyMemoryLimit budget(long bytes, Duration within) {
        var settings = new IngressSettings(
                Duration.ofSeconds(1),
                DataSize.ofBytes(bytes),
                within,
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1));
        return new BodyMemoryLimit(settings, meters);
    }
}
