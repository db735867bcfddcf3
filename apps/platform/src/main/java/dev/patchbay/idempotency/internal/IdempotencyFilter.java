package dev.patchbay.idempotency.internal;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.RequestAuthorization;
import dev.patchbay.idempotency.internal.IdempotencyKeyRepository.ClaimResult;
import dev.patchbay.idempotency.internal.IdempotencyKeyRepository.IdempotencyKey;
import dev.patchbay.idempotency.internal.IdempotencyKeyRepository.StoredResponse;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantSlots;
import dev.patchbay.kernel.web.OneTimeSecret;
import dev.patchbay.kernel.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Executes a POST with an {@code Idempotency-Key} once, and replays its response to every repetition. A response is stored
 * before it is sent, and only when it is final: a response that may differ at a retry (5xx, 401, 403, 408, 409, 429) releases
 * the key.
 */
@Component
@Order(IdempotencyFilter.AFTER_SECURITY)
final class IdempotencyFilter extends OncePerRequestFilter {

    static final int AFTER_SECURITY = 0;
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final Set<Integer> NOT_FINAL = Set.of(401, 403, 408, 409, 429);
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final int MAX_RESPONSE_BYTES = 1 << 20;

    private final IdempotencyKeyRepository keys;
    private final ProblemWriter problems;
    private final RequestAuthorization authorization;
    private final TenantSlots slots;

    IdempotencyFilter(
            IdempotencyKeyRepository keys,
            IdempotencySettings settings,
            ProblemWriter problems,
            RequestAuthorization authorization) {
        this.keys = keys;
        this.problems = problems;
        this.authorization = authorization;
        this.slots = new TenantSlots(settings.maxConcurrent());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !request.getRequestURI().startsWith("/api/v1/")
                || request.getHeader(IdempotencyKeyHeader.NAME) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            IdempotencyKey key = key(request);
            // The body is read before a slot is taken, because its sender decides how long that takes.
            byte[] body = request.getInputStream().readAllBytes();
            if (!slots.tryAcquire(key.tenant())) {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                throw new Problem(
                        ProblemType.NOT_STORED,
                        "Too many requests with an Idempotency-Key at once. Nothing was done; please send it again.");
            }
            try {
                executeOnce(key, body, request, response, chain);
            } finally {
                slots.release(key.tenant());
            }
        } catch (Problem problem) {
            problems.write(request, response, problem);
        }
    }

    private void executeOnce(
            IdempotencyKey key,
            byte[] body,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        switch (keys.claim(key, digest(request, body))) {
            case ClaimResult.Acquired acquired ->
                execute(key, acquired.token(), new BufferedRequest(request, body), response, chain);
            case ClaimResult.Completed completed -> {
                // The caller may have lost the permission since the response was stored.
                authorization.authorize(request);
                replay(completed.response(), response);
            }
            case ClaimResult.InProgress inProgress -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                throw new Problem(
                        ProblemType.IDEMPOTENCY_IN_PROGRESS,
                        "The first request with this key has not been answered yet. Send it again in a moment.");
            }
            case ClaimResult.RequestMismatch requestMismatch ->
                throw new Problem(
                        ProblemType.IDEMPOTENCY_CONFLICT,
                        "This key was used with another path or body. Use a new key for a new request.");
            case ClaimResult.Unrepeatable unrepeatable ->
                throw new Problem(
                        ProblemType.IDEMPOTENCY_UNREPEATABLE,
                        "The request was carried out, but its response was not stored. Read what it created.");
        }
    }

    private static IdempotencyKey key(HttpServletRequest request) {
        var identity = Identity.of(request)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNAUTHENTICATED, "A key belongs to its sender: sign in, or send a service token."));
        List<String> values = Collections.list(request.getHeaders(IdempotencyKeyHeader.NAME));
        return (values.size() == 1 ? IdempotencyKeyHeader.parse(values.getFirst()) : Optional.<String>empty())
                .map(text -> new IdempotencyKey(identity.tenant(), identity.subject(), text))
                .orElseThrow(() -> new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "Send one Idempotency-Key of 1 to 255 visible ASCII characters, in quotes or without."));
    }

    private static byte[] digest(HttpServletRequest request, byte[] body) {
        String query = request.getQueryString();
        String path = request.getRequestURI() + (query == null ? "" : "?" + query) + "\n";
        byte[] start = Hashing.utf8(path);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return Hashing.sha256(all);
    }

    private void execute(
            IdempotencyKey key, UUID token, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var cached = new ContentCachingResponseWrapper(response);
        boolean completed = false;
        try {
            chain.doFilter(request, cached);
            completed = true;
        } finally {
            storeOutcome(key, token, request, cached, completed);
        }
        cached.copyBodyToResponse();
    }

    /**
     * Stores the outcome. When it cannot be stored, the end of the lease releases the key, and the endpoint's own idempotency
     * remains.
     */
    private void storeOutcome(
            IdempotencyKey key,
            UUID token,
            HttpServletRequest request,
            ContentCachingResponseWrapper cached,
            boolean completed) {
        try {
            int status = cached.getStatus();
            boolean isFinal = status < 500 && (status < 300 || status >= 400) && !NOT_FINAL.contains(status);
            if (!completed || !isFinal) {
                keys.release(key, token);
            } else if (showsOneTimeSecret(request) || cached.getContentSize() > MAX_RESPONSE_BYTES) {
                keys.completeUnrepeatably(key, token);
            } else {
                keys.complete(
                        key,
                        token,
                        new StoredResponse(status, cached.getContentType(), cached.getContentAsByteArray()));
            }
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn(
                    "idempotency: the response of {} was not stored; its key is released when its lease ends",
                    request.getRequestURI(),
                    databaseAway);
        }
    }

    private static boolean showsOneTimeSecret(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method
                && method.hasMethodAnnotation(OneTimeSecret.class);
    }

    private static void replay(StoredResponse stored, HttpServletResponse response) throws IOException {
        response.setStatus(stored.status());
        response.setHeader(REPLAYED, "true");
        if (stored.contentType() != null) {
            response.setContentType(stored.contentType());
        }
        response.setContentLength(stored.body().length);
        response.getOutputStream().write(stored.body());
    }
}
