package dev.patchbay.idempotency.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Sealing;
import dev.patchbay.iam.Caller;
import dev.patchbay.idempotency.internal.KeyRepository.OwnKey;
import dev.patchbay.idempotency.internal.KeyRepository.Standing;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.kernel.web.CorrelationFilter;
import dev.patchbay.kernel.web.ProblemWriter;
import dev.patchbay.kernel.web.ShownOnce;
import dev.patchbay.testing.PatchbayTest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/** What becomes of a key when its request goes wrong; controllers are played, the table is real. */
@PatchbayTest
class IdempotencyFilterTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Sealing sealing;

    @Autowired
    private ProblemWriter problems;

    @Autowired
    private Settings process;

    private final String key = UUID.randomUUID().toString();
    private final AtomicInteger carriedOut = new AtomicInteger();

    private record Holder(Caller caller) implements Caller.Known {}

    /** A controller that answers with a secret. */
    static final class Issuer {
        @ShownOnce
        public void issue() {
            // The test plays it.
        }

        public void list() {
            // The test plays it.
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 404, 422})
    void aFinalAnswerIsKept(int status) throws Exception {
        send(filter(settings(DAY, MINUTE, 1)), answering(status, "it"));

        var again = send(filter(settings(DAY, MINUTE, 1)), answering(500, "never"));

        assertThat(again.getStatus()).isEqualTo(status);
        assertThat(again.getContentAsString()).isEqualTo("it");
        assertThat(carriedOut).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 408, 409, 429, 500, 503})
    void anAnswerThatIsNotFinalFreesTheKey(int status) throws Exception {
        send(filter(settings(DAY, MINUTE, 1)), answering(status, "not yet"));

        assertThat(send(filter(settings(DAY, MINUTE, 1)), answering(201, "now")).getStatus())
                .isEqualTo(201);
        assertThat(carriedOut).hasValue(2);
    }

    @Test
    void aFailureFreesTheKeyToo() throws Exception {
        var filter = filter(settings(DAY, MINUTE, 1));
        assertThatThrownBy(() -> send(filter, (request, response) -> {
                    throw new ServletException("broken");
                }))
                .isInstanceOf(ServletException.class);

        assertThat(send(filter, answering(200, "mended")).getStatus()).isEqualTo(200);
    }

    @Test
    void whatIsUnderWayIsNotBegunAgainUntilItsLeaseEnds() throws Exception {
        var patient = repository(settings(DAY, MINUTE, 1));
        var body = digestOf("{}");
        assertThat(patient.claim(own(), body)).isInstanceOf(Standing.Mine.class);

        var waiting = send(filter(settings(DAY, MINUTE, 1)), answering(200, "never"));

        assertThat(waiting.getStatus()).isEqualTo(409);
        assertThat(waiting.getHeader("Retry-After")).isEqualTo("1");
        assertThat(carriedOut).hasValue(0);
        expire("lease_until");
        assertThat(send(filter(settings(DAY, MINUTE, 1)), answering(200, "by another"))
                        .getContentAsString())
                .isEqualTo("by another");
    }

    @Test
    void whoLostItsLeaseHasNoSayAnyMore() throws Exception {
        var keys = repository(settings(DAY, MINUTE, 1));
        var first = (Standing.Mine) keys.claim(own(), digestOf("{}"));
        expire("lease_until");
        send(filter(settings(DAY, MINUTE, 1)), answering(200, "by another"));

        keys.released(own(), first.token());
        keys.unrepeatable(own(), first.token());

        assertThat(send(filter(settings(DAY, MINUTE, 1)), answering(200, "never"))
                        .getContentAsString())
                .isEqualTo("by another");
    }

    @Test
    void aKeyMeansNothingAfterADayAndIsRemoved() throws Exception {
        send(filter(settings(DAY, MINUTE, 1)), answering(200, "yesterday"));
        expire("created_at");
        assertThat(send(filter(settings(DAY, MINUTE, 1)), answering(200, "today"))
                        .getContentAsString())
                .isEqualTo("today");
        expire("created_at");

        var settings = settings(DAY, MINUTE, 1);
        new KeySweeper(repository(settings), settings, process).once();

        assertThat(tenancy.inTenant(
                        TENANT,
                        () -> jdbc.sql("""
                        SELECT count(*) FROM patchbay.idempotency_key WHERE tenant_id = :tenant AND key = :key""")
                                .param("tenant", TENANT.value())
                                .param("key", key)
                                .query(Long.class)
                                .single()))
                .isZero();
    }

    @Test
    void anAnswerThatShowsASecretIsNotKept() throws Exception {
        var filter = filter(settings(DAY, MINUTE, 1));
        send(filter, handledBy("issue", answering(201, "pbt_secret")));

        var again = send(filter, answering(201, "never"));

        assertThat(again.getStatus()).isEqualTo(409);
        assertThat(again.getContentAsString()).contains("409.idempotency_unrepeatable");
        assertThat(carriedOut).hasValue(1);
    }

    @Test
    void anAnswerThatIsTooLargeIsNotKept() throws Exception {
        var filter = filter(settings(DAY, MINUTE, 1));
        send(filter, handledBy("list", answering(200, "x".repeat((1 << 20) + 1))));

        assertThat(send(filter, answering(200, "never")).getContentAsString()).contains("409.idempotency_unrepeatable");
    }

    @Test
    void whatRestsIsSealed() throws Exception {
        send(filter(settings(DAY, MINUTE, 1)), answering(200, "personal"));

        byte[] sealed = tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        SELECT sealed FROM patchbay.idempotency_key WHERE tenant_id = :tenant AND key = :key""")
                        .param("tenant", TENANT.value())
                        .param("key", key)
                        .query((row, number) -> row.getBytes("sealed"))
                        .single());

        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("personal");
    }

    @Test
    void moreAtOnceThanThereIsRoomForAreToldToComeAgain() throws Exception {
        var answer = send(filter(settings(DAY, MINUTE, 0)), answering(200, "never"));

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(carriedOut).hasValue(0);
    }

    @Test
    void theAnswerIsGivenAlsoWhenItCannotBeKept() throws Exception {
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
        var filter = new IdempotencyFilter(new KeyRepository(jdbc, tenancy, broken, settings), settings, problems);

        assertThat(send(filter, answering(201, "made")).getContentAsString()).isEqualTo("made");
        assertThat(send(filter, answering(201, "never")).getStatus()).isEqualTo(409);
    }

    private interface Played {
        void answer(MockHttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    private Played answering(int status, String body) {
        return (request, response) -> {
            carriedOut.incrementAndGet();
            response.setStatus(status);
            response.getOutputStream().write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        };
    }

    private static Played handledBy(String method, Played played) throws NoSuchMethodException {
        var handler = new HandlerMethod(new Issuer(), Issuer.class.getMethod(method));
        return (request, response) -> {
            request.setAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
            played.answer(request, response);
        };
    }

    private MockHttpServletResponse send(IdempotencyFilter filter, Played played) throws ServletException, IOException {
        var request = new MockHttpServletRequest("POST", "/api/v1/things");
        request.addHeader("Idempotency-Key", key);
        request.setContent("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        request.setAttribute(CorrelationFilter.NAME, "cor_test");
        var caller = new Caller(TenantScope.of(TENANT), "tok_test", Set.of());
        request.setUserPrincipal(new TestingAuthenticationToken(new Holder(caller), "none"));
        var response = new MockHttpServletResponse();
        FilterChain chain = (given, answer) -> {
            var body = given.getInputStream();
            assertThat(body.isReady()).isTrue();
            assertThat(body.read()).isEqualTo('{');
            assertThat(body.isFinished()).isFalse();
            assertThat(body.readAllBytes()).hasSize(1);
            assertThat(body.isFinished()).isTrue();
            assertThatThrownBy(() -> body.setReadListener(null)).isInstanceOf(UnsupportedOperationException.class);
            played.answer(request, (HttpServletResponse) answer);
        };
        filter.doFilter(request, response, chain);
        return response;
    }

    private static IdempotencySettings settings(Duration keep, Duration lease, int atOnce) {
        return new IdempotencySettings(keep, lease, atOnce, MINUTE);
    }

    private KeyRepository repository(IdempotencySettings settings) {
        return new KeyRepository(jdbc, tenancy, sealing, settings);
    }

    private IdempotencyFilter filter(IdempotencySettings settings) {
        return new IdempotencyFilter(repository(settings), settings, problems);
    }

    private OwnKey own() {
        return new OwnKey(TENANT, "tok_test", key);
    }

    private static byte[] digestOf(String body) {
        return dev.patchbay.kernel.Json.sha256(dev.patchbay.kernel.Json.utf8("/api/v1/things\n" + body));
    }

    private void expire(String column) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("UPDATE patchbay.idempotency_key SET " + column
                                + " = clock_timestamp() - interval '2 days' WHERE tenant_id = :tenant AND key = :key")
                        .param("tenant", TENANT.value())
                        .param("key", key)
                        .update());
    }
}
