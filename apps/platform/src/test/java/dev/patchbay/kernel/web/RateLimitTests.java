package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SettableClock;
import dev.patchbay.testing.TestEnvironment;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@PatchbayTest
class RateLimitTests {

    private static final FilterChain UNKNOWN =
            (request, response) -> ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_UNAUTHORIZED);

    @Autowired
    private ProblemWriter problems;

    private final SettableClock time = new SettableClock();

    private static LimitSettings limits(Environment environment, int caller, int address, int failures) {
        return new LimitSettings(environment, new LimitSettings.ApiLimits(caller, address, 2, 2, failures));
    }

    private AddressLimitFilter addresses(int address, int failures) {
        return new AddressLimitFilter(limits(Environment.PROD, 1, address, failures), problems, time);
    }

    @Test
    void requestsOverTheLimitOfAnAddressAreAnswered429WithRetryAfter() throws Exception {
        var limit = addresses(2, 5);
        var first = ask(limit, "198.51.100.1", "");
        assertThat(first.getStatus()).isEqualTo(200);
        assertThat(first.getHeader("RateLimit-Policy")).isEqualTo("\"address\";q=2;w=60");
        assertThat(first.getHeader("RateLimit")).isEqualTo("\"address\";r=1;t=30");
        ask(limit, "198.51.100.1", "");
        var refused = ask(limit, "198.51.100.1", "");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("30");
        assertThat(refused.getHeader("RateLimit")).isEqualTo("\"address\";r=0;t=60");
        assertThat(refused.getContentType()).isEqualTo("application/problem+json");
        assertThat(refused.getContentAsString()).contains("429.rate_limited", "in 30 s", "2 requests a minute");
        assertThat(ask(limit, "198.51.100.2", "").getStatus()).isEqualTo(200);
        time.tick(Duration.ofSeconds(30));
        assertThat(ask(limit, "198.51.100.1", "").getStatus()).isEqualTo(200);
    }

    @Test
    void invalidCredentialsHaveAMuchLowerLimit() throws Exception {
        var limit = addresses(1_000, 2);
        for (int guesses = 0; guesses < 2; guesses++) {
            assertThat(guess(limit, "Authorization").getStatus()).isEqualTo(401);
        }
        var refused = guess(limit, "Authorization");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("RateLimit-Policy")).isEqualTo("\"failures\";q=2;w=60");
        assertThat(refused.getHeader("Retry-After")).isEqualTo("30");
        time.tick(Duration.ofSeconds(30));
        assertThat(guess(limit, "Authorization").getStatus()).isEqualTo(401);
    }

    @Test
    void requestsWithoutACredentialAndExpiredSessionsCountAsNoFailure() throws Exception {
        var limit = addresses(1_000, 1);
        for (int requests = 0; requests < 3; requests++) {
            assertThat(guess(limit, "Accept").getStatus()).isEqualTo(401);
            assertThat(guess(limit, "Cookie").getStatus()).isEqualTo(401);
        }
    }

    @Test
    void signInHasALimitOfItsOwnInEverySpellingOfThePath() throws Exception {
        var limit = addresses(1_000, 5);
        assertThat(signIn(limit, "/sign-in")).isEqualTo(200);
        assertThat(signIn(limit, "/%73ign-in/callback")).isEqualTo(200);
        assertThat(signIn(limit, "/sign-in;x=y")).isEqualTo(429);
        assertThat(signIn(limit, "/sign-out")).isEqualTo(200);
        time.tick(Duration.ofMinutes(1));
        assertThat(signIn(limit, "/sign-in/callback")).isEqualTo(200);
    }

    private static int signIn(AddressLimitFilter limit, String path) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        limit.doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
        return response.getStatus();
    }

    private MockHttpServletResponse guess(AddressLimitFilter limit, String header)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", "/api/v1/clients");
        request.addHeader(header, "x");
        var response = new MockHttpServletResponse();
        limit.doFilter(request, response, UNKNOWN);
        return response;
    }

    @Test
    void aCallerHasOneLimitForAllAddresses() throws Exception {
        var limit = new CallerLimitFilter(limits(Environment.PROD, 1, 1, 1), problems, time);
        assertThat(ask(limit, "198.51.100.1", "tok_1").getStatus()).isEqualTo(200);
        assertThat(ask(limit, "198.51.100.2", "tok_1").getStatus()).isEqualTo(429);
        assertThat(ask(limit, "198.51.100.2", "tok_2").getStatus()).isEqualTo(200);
        assertThat(ask(limit, "198.51.100.2", "").getStatus()).isEqualTo(200);
        assertThat(ask(limit, "198.51.100.2", "").getStatus()).isEqualTo(200);
    }

    @Test
    void checksAndDryRunsOfFlowsHaveALimitOfTheirOwnInEverySpellingOfThePath() throws Exception {
        var limit = new CallerLimitFilter(limits(Environment.PROD, 100, 1, 1), problems, time);

        assertThat(compute(limit, "/api/v1/flows/validate")).isEqualTo(200);
        assertThat(compute(limit, "/api/v1/flows/flw_1/dry-run")).isEqualTo(200);
        assertThat(compute(limit, "/api/v1/flows/%76alidate;x=y")).isEqualTo(429);
        assertThat(compute(limit, "/api/v1/flows/flw_1")).isEqualTo(200);
        time.tick(Duration.ofMinutes(1));
        assertThat(compute(limit, "/api/v1/flows/validate")).isEqualTo(200);
    }

    private static int compute(CallerLimitFilter limit, String path) throws ServletException, IOException {
        var request = new MockHttpServletRequest("POST", path);
        request.setUserPrincipal(() -> "tok_1");
        var response = new MockHttpServletResponse();
        limit.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    private static MockHttpServletResponse ask(jakarta.servlet.Filter limit, String address, String caller)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("GET", "/api/v1/clients");
        request.setRemoteAddr(address);
        if (!caller.isEmpty()) {
            request.setUserPrincipal(() -> caller);
        }
        var response = new MockHttpServletResponse();
        limit.doFilter(request, response, new MockFilterChain());
        return response;
    }

    @Test
    void webhooksAndHealthChecksAreNotLimited() throws Exception {
        var limit = addresses(1, 1);
        for (String path : new String[] {"/ingress/retell/x", "/actuator/health", "/ingress/retell/x"}) {
            var response = new MockHttpServletResponse();
            limit.doFilter(new MockHttpServletRequest("POST", path), response, new MockFilterChain());
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getHeaderNames()).isEmpty();
        }
    }

    @Test
    void anIpv6NetworkIsOneSender() {
        assertThat(AddressLimitFilter.network("2001:db8:1:2::1"))
                .isEqualTo(AddressLimitFilter.network("2001:db8:1:2:ffff::9"))
                .isNotEqualTo(AddressLimitFilter.network("2001:db8:1:3::1"));
        assertThat(AddressLimitFilter.network("::ffff:198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(AddressLimitFilter.network("198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(AddressLimitFilter.network("not:an:address")).isEqualTo("?");
    }

    @Test
    void theNumberOfBucketsIsLimited() throws Exception {
        var requestRateLimiter = new RequestRateLimiter("address", 10, time);
        for (int stranger = 0; stranger < RequestRateLimiter.MAX_SENDERS + 5_000; stranger++) {
            requestRateLimiter.consumeSilently("stranger " + stranger);
        }
        assertThat(requestRateLimiter.size()).isLessThanOrEqualTo(RequestRateLimiter.MAX_SENDERS);
        time.tick(Duration.ofMinutes(3));
        assertThat(requestRateLimiter.size()).isZero();
    }

    @Test
    void limitsAreTenTimesAsHighInDevelopment() {
        assertThat(limits(Environment.DEV, 1, 2, 3))
                .satisfies(it -> assertThat(it.caller()).isEqualTo(10))
                .satisfies(it -> assertThat(it.address()).isEqualTo(20))
                .satisfies(it -> assertThat(it.signIn()).isEqualTo(20))
                .satisfies(it -> assertThat(it.failures()).isEqualTo(30));
    }

    @Test
    void thePlatformReportsRemainingRequestsAndLimitsByTheForwardedAddress() {
        assertThat(TestEnvironment.get("/api/v1/clients").headers().firstValue("RateLimit-Policy"))
                .hasValue("\"caller\";q=30000;w=60");
        int answered = 0;
        int status = 401;
        while (status == 401 && answered < 2_000) {
            status = TestEnvironment.send(TestEnvironment.request(
                                    URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/clients"))
                            .header("X-Forwarded-For", "198.51.100.77")
                            .header("Authorization", "Bearer pbt_guess" + answered)
                            .GET())
                    .status();
            answered++;
        }
        assertThat(status).isEqualTo(429);
        assertThat(answered).isGreaterThan(600);
        assertThat(TestEnvironment.get("/api/v1/clients").status()).isEqualTo(200);
    }
}
