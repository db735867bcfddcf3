package dev.patchbay.idempotency.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.web.OneTimeSecret;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/** Failing requests and their keys: controllers are lambdas, the table is real. */
class IdempotencyFilterTests extends IdempotencyFilterFixture {

    /** A controller that answers with a secret. */
    static final class Issuer {
        @OneTimeSecret
        public void issue() {
            // The test supplies the response.
        }

        public void list() {
            // The test supplies the response.
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 404, 422})
    void aFinalResponseIsReplayed(int status) throws Exception {
        send(filter(settings(DAY, MINUTE, 1)), answering(status, "it"));

        var again = send(filter(settings(DAY, MINUTE, 1)), answering(500, "never"));

        assertThat(again.getStatus()).isEqualTo(status);
        assertThat(again.getContentAsString()).isEqualTo("it");
        assertThat(executions).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 408, 409, 429, 500, 503})
    void aResponseThatIsNotFinalReleasesTheKey(int status) throws Exception {
        send(filter(settings(DAY, MINUTE, 1)), answering(status, "not yet"));

        assertThat(send(filter(settings(DAY, MINUTE, 1)), answering(201, "now")).getStatus())
                .isEqualTo(201);
        assertThat(executions).hasValue(2);
    }

    @Test
    void anExceptionReleasesTheKey() throws Exception {
        var filter = filter(settings(DAY, MINUTE, 1));
        assertThatThrownBy(() -> send(filter, (request, response) -> {
                    throw new ServletException("broken");
                }))
                .isInstanceOf(ServletException.class);

        assertThat(send(filter, answering(200, "mended")).getStatus()).isEqualTo(200);
    }

    @Test
    void aResponseWithAOneTimeSecretIsNotStored() throws Exception {
        var filter = filter(settings(DAY, MINUTE, 1));
        send(filter, handledBy("issue", answering(201, "pbt_secret")));

        var again = send(filter, answering(201, "never"));

        assertThat(again.getStatus()).isEqualTo(409);
        assertThat(again.getContentAsString()).contains("409.idempotency_unrepeatable");
        assertThat(executions).hasValue(1);
    }

    @Test
    void aResponseThatIsTooLargeIsNotStored() throws Exception {
        var filter = filter(settings(DAY, MINUTE, 1));
        send(filter, handledBy("list", answering(200, "x".repeat((1 << 20) + 1))));

        assertThat(send(filter, answering(200, "never")).getContentAsString()).contains("409.idempotency_unrepeatable");
    }

    @Test
    void requestsBeyondTheLimitAreAnswered429() throws Exception {
        var answer = send(filter(settings(DAY, MINUTE, 0)), answering(200, "never"));

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(executions).hasValue(0);
    }

    @Test
    void theResponseIsSentEvenIfItCannotBeStored() throws Exception {
        Sealing broken = new Sealing() {
            @Override
            public byte[] seal(TenantId tenant, String place, byte[] clear) {
                throw new DataAccessResourceFailureException("the database is away");
            }

            @Override
            public byte[] open(TenantId tenant, String place, byte[] sealed) {
                throw new IllegalStateException("nothing was sealed");
            }
        };
        var settings = settings(DAY, MINUTE, 1);
        var filter = new IdempotencyFilter(
                new IdempotencyKeyRepository(jdbc, tenancy, broken, settings), settings, problems, request -> {});

        assertThat(send(filter, answering(201, "made")).getContentAsString()).isEqualTo("made");
        assertThat(send(filter, answering(201, "never")).getStatus()).isEqualTo(409);
    }

    @Test
    void aKeptResponseIsNotShownOnceTheRightToAskIsGone() throws Exception {
        var settings = settings(DAY, MINUTE, 2);
        var allowed = new java.util.concurrent.atomic.AtomicBoolean(true);
        var filter = new IdempotencyFilter(repository(settings), settings, problems, request -> {
            if (!allowed.get()) {
                throw new dev.patchbay.kernel.Problem(dev.patchbay.kernel.ProblemType.FORBIDDEN, "taken");
            }
        });
        assertThat(send(filter, answering(201, "made")).getStatus()).isEqualTo(201);
        assertThat(send(filter, answering(201, "never")).getContentAsString()).isEqualTo("made");

        allowed.set(false);

        assertThat(send(filter, answering(201, "never")).getStatus()).isEqualTo(403);
    }

    private static TestController handledBy(String method, TestController controller) throws NoSuchMethodException {
        var handler = new HandlerMethod(new Issuer(), Issuer.class.getMethod(method));
        return (request, response) -> {
            request.setAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
            controller.answer(request, response);
        };
    }
}
