package dev.patchbay.idempotency.internal;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.idempotency.internal.IdempotencyKeyRepository.Answer;
import dev.patchbay.idempotency.internal.IdempotencyKeyRepository.OwnKey;
import dev.patchbay.idempotency.internal.IdempotencyKeyRepository.Standing;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
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
import java.util.concurrent.Semaphore;
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
 * Carries a POST with an {@code Idempotency-Key} out once: whoever sends it again is given the same answer. An answer is kept
 * before it is sent, and only when it is final: what may go otherwise the next time (5xx, 401, 403, 408, 409, 429) frees the key.
 */
@Component
@Order(IdempotencyFilter.AFTER_SECURITY)
final class IdempotencyFilter extends OncePerRequestFilter {

    static final int AFTER_SECURITY = 0;
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final Set<Integer> NOT_FINAL = Set.of(401, 403, 408, 409, 429);
    private static final String RETRY_AFTER_SECONDS = "1";
    private static final int LARGEST_ANSWER = 1 << 20;

    private final IdempotencyKeyRepository keys;
    private final ProblemWriter problems;
    private final Semaphore room;

    IdempotencyFilter(IdempotencyKeyRepository keys, IdempotencySettings settings, ProblemWriter problems) {
        this.keys = keys;
        this.problems = problems;
        this.room = new Semaphore(settings.atOnce());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !request.getRequestURI().startsWith("/api/v1/")
                || request.getHeader(KeyHeader.NAME) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!room.tryAcquire()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            problems.write(
                    request,
                    response,
                    new Problem(ProblemType.NOT_STORED, "Too many requests with a key at once; nothing was done."));
            return;
        }
        try {
            once(request, response, chain);
        } catch (Problem problem) {
            problems.write(request, response, problem);
        } finally {
            room.release();
        }
    }

    private void once(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        OwnKey key = key(request);
        byte[] body = request.getInputStream().readAllBytes();
        switch (keys.claim(key, digest(request, body))) {
            case Standing.Mine mine -> carryOut(key, mine.token(), new HeldBody(request, body), response, chain);
            case Standing.Answered answered -> replay(answered.answer(), response);
            case Standing.UnderWay underWay -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                throw new Problem(
                        ProblemType.IDEMPOTENCY_IN_PROGRESS,
                        "The first request with this key has not been answered yet; ask again in a moment.");
            }
            case Standing.Differs differs ->
                throw new Problem(
                        ProblemType.IDEMPOTENCY_CONFLICT,
                        "This key was sent with another address or body; use a new key for a new request.");
            case Standing.Unrepeatable unrepeatable ->
                throw new Problem(
                        ProblemType.IDEMPOTENCY_UNREPEATABLE,
                        "The request was carried out, and its answer was not kept; look at what it made.");
        }
    }

    private static OwnKey key(HttpServletRequest request) {
        var identity = Identity.of(request)
                .orElseThrow(() -> new Problem(
                        ProblemType.UNAUTHENTICATED,
                        "A key belongs to whom it is sent by; sign in or send a service token."));
        List<String> values = Collections.list(request.getHeaders(KeyHeader.NAME));
        return (values.size() == 1 ? KeyHeader.read(values.getFirst()) : Optional.<String>empty())
                .map(text -> new OwnKey(identity.tenant(), identity.subject(), text))
                .orElseThrow(() -> new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "Send one Idempotency-Key of 1 to 255 visible ASCII characters, in quotes or without."));
    }

    private static byte[] digest(HttpServletRequest request, byte[] body) {
        String query = request.getQueryString();
        String address = request.getRequestURI() + (query == null ? "" : "?" + query) + "\n";
        byte[] start = Hashing.utf8(address);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return Hashing.sha256(all);
    }

    private void carryOut(
            OwnKey key, UUID token, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var answer = new ContentCachingResponseWrapper(response);
        boolean ended = false;
        try {
            chain.doFilter(request, answer);
            ended = true;
        } finally {
            settle(key, token, request, answer, ended);
        }
        answer.copyBodyToResponse();
    }

    /** Who cannot write it down says so: the key is free when its lease ends, and the endpoint's own idempotence counts. */
    private void settle(
            OwnKey key, UUID token, HttpServletRequest request, ContentCachingResponseWrapper answer, boolean ended) {
        try {
            int status = answer.getStatus();
            boolean isFinal = status < 500 && (status < 300 || status >= 400) && !NOT_FINAL.contains(status);
            if (!ended || !isFinal) {
                keys.released(key, token);
            } else if (isShownOnce(request) || answer.getContentSize() > LARGEST_ANSWER) {
                keys.unrepeatable(key, token);
            } else {
                keys.answered(key, token, new Answer(status, answer.getContentType(), answer.getContentAsByteArray()));
            }
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn("what came of a request with an Idempotency-Key was not written down", databaseAway);
        }
    }

    private static boolean isShownOnce(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method
                && method.hasMethodAnnotation(OneTimeSecret.class);
    }

    private static void replay(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setHeader(REPLAYED, "true");
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }
}
