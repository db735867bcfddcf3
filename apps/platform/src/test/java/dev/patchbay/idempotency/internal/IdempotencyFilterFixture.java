package dev.patchbay.idempotency.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Sealing;
import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.TokenGrant;
import dev.patchbay.idempotency.internal.IdempotencyKeyRepository.IdempotencyKey;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.kernel.web.CorrelationFilter;
import dev.patchbay.kernel.web.ProblemWriter;
import dev.patchbay.testing.PatchbayTest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;

/** Sends requests with one key through the filter. Controllers are lambdas; the table is real. */
@PatchbayTest
abstract class IdempotencyFilterFixture {

    static final TenantId TENANT = new TenantId("tnt_demo");
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration DAY = Duration.ofDays(1);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Tenancy tenancy;

    @Autowired
    private Sealing sealing;

    @Autowired
    ProblemWriter problems;

    final String key = UUID.randomUUID().toString();
    final AtomicInteger executions = new AtomicInteger();

    private record Holder(Identity identity) implements Identity.Principal {}

    interface TestController {
        void answer(MockHttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    TestController answering(int status, String body) {
        return (request, response) -> {
            executions.incrementAndGet();
            response.setStatus(status);
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        };
    }

    MockHttpServletResponse send(IdempotencyFilter filter, TestController controller)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("POST", "/api/v1/things");
        request.addHeader("Idempotency-Key", key);
        request.setContent("{}".getBytes(StandardCharsets.UTF_8));
        request.setAttribute(CorrelationFilter.NAME, "cor_test");
        var identity = Identity.ofToken(TENANT, new TokenId("tok_test"), new TokenGrant(Set.of(), Optional.empty()));
        request.setUserPrincipal(new TestingAuthenticationToken(new Holder(identity), "none"));
        var response = new MockHttpServletResponse();
        FilterChain chain = (wrapped, answer) -> {
            var body = wrapped.getInputStream();
            assertThat(body.isReady()).isTrue();
            assertThat(body.read()).isEqualTo('{');
            assertThat(body.isFinished()).isFalse();
            assertThat(body.readAllBytes()).hasSize(1);
            assertThat(body.isFinished()).isTrue();
            assertThatThrownBy(() -> body.setReadListener(null)).isInstanceOf(UnsupportedOperationException.class);
            controller.answer(request, (HttpServletResponse) answer);
        };
        filter.doFilter(request, response, chain);
        return response;
    }

    static IdempotencySettings settings(Duration retention, Duration lease, int maxConcurrent) {
        return new IdempotencySettings(retention, lease, maxConcurrent, MINUTE);
    }

    IdempotencyKeyRepository repository(IdempotencySettings settings) {
        return new IdempotencyKeyRepository(jdbc, tenancy, sealing, settings);
    }

    IdempotencyFilter filter(IdempotencySettings settings) {
        return new IdempotencyFilter(repository(settings), settings, problems, request -> {});
    }

    IdempotencyKey own() {
        return new IdempotencyKey(TENANT, "tok_test", key);
    }

    static byte[] digestOf(String body) {
        return Hashing.sha256(Hashing.utf8("/api/v1/things\n" + body));
    }

    void expire(String column) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("UPDATE patchbay.idempotency_key SET " + column
                                + " = clock_timestamp() - interval '2 days' WHERE tenant_id = :tenant AND key = :key")
                        .param("tenant", TENANT.value())
                        .param("key", key)
                        .update());
    }
}
