package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns every exception into a problem response. A {@link Problem} has its own type, and Spring's own exceptions get a type by
 * their status. Any other exception is answered with 500 without its message, and is logged with its stack trace.
 */
@RestControllerAdvice
final class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private static final String RETRY_AFTER_SECONDS = "5";

    private static final Map<Integer, ProblemType> BY_STATUS = Map.of(
            404, ProblemType.NOT_FOUND,
            405, ProblemType.METHOD_NOT_ALLOWED,
            406, ProblemType.NOT_ACCEPTABLE,
            413, ProblemType.PAYLOAD_TOO_LARGE,
            415, ProblemType.UNSUPPORTED_MEDIA_TYPE);

    private final ProblemWriter problems;
    private final RepeatedFailures stacks;

    ProblemHandler(ProblemWriter problems, Clock clock) {
        this.problems = problems;
        this.stacks = new RepeatedFailures(clock);
    }

    @ExceptionHandler
    ResponseEntity<Object> handleProblem(Problem problem, HttpServletRequest request) {
        var headers = new HttpHeaders();
        if (problem.type() == ProblemType.NOT_STORED) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return respond(problem, headers, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> handleRefusedRow(DataAccessException refused, HttpServletRequest request) {
        return StorageViolations.explain(refused)
                .map(problem -> respond(problem, new HttpHeaders(), request))
                .orElseGet(() -> handleUnexpected(refused, request));
    }

    @ExceptionHandler
    ResponseEntity<Object> handleUnexpected(Exception exception, HttpServletRequest request) {
        // A repeated failure tells nothing new, so its stack is logged once a minute and otherwise only its place.
        if (stacks.isDue(exception)) {
            LOG.error(
                    "{} {} failed unexpectedly; answered {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    ProblemType.INTERNAL.code(),
                    exception);
        } else {
            LOG.error(
                    "{} {} failed again as within the last minute; answered {}: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    ProblemType.INTERNAL.code(),
                    RepeatedFailures.placeOf(exception));
        }
        return respond(internalError(), new HttpHeaders(), request);
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception exception, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest web) {
        HttpServletRequest request = ((ServletWebRequest) web).getRequest();
        if (status.is5xxServerError()) {
            return handleUnexpected(exception, request);
        }
        // A converter that read past the body limit wraps the problem.
        Problem problem = NestedExceptionUtils.getMostSpecificCause(exception) instanceof Problem inner
                ? inner
                : ofStatus(status.value(), request);
        return respond(problem, headers, request);
    }

    /** Returns the problem for a status when there is no more precise exception. */
    static Problem ofStatus(int status, HttpServletRequest request) {
        if (status >= 500) {
            return internalError();
        }
        ProblemType type = BY_STATUS.getOrDefault(status, ProblemType.MALFORMED_REQUEST);
        return new Problem(type, type.title() + ": " + request.getMethod() + " " + request.getRequestURI());
    }

    private static Problem internalError() {
        return new Problem(ProblemType.INTERNAL, "Report this correlation id: the error is in the log under it.");
    }

    private ResponseEntity<Object> respond(Problem problem, HttpHeaders headers, HttpServletRequest request) {
        return ResponseEntity.status(problem.type().status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problems.body(request, problem));
    }
}
