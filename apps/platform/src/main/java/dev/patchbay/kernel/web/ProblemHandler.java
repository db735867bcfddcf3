package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
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
 * The one home of errors. A {@link Problem} says itself what it is; Spring's own exceptions are told by their status;
 * anything else is ours to mend: a 500 that says nothing, and a log line that says everything.
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

    @ExceptionHandler
    ResponseEntity<Object> known(Problem problem, HttpServletRequest request) {
        var headers = new HttpHeaders();
        if (problem.type() == ProblemType.NOT_STORED) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return answer(problem, headers, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception exception, HttpServletRequest request) {
        LOG.error("unexpected failure", exception);
        return answer(internal(), new HttpHeaders(), request);
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception exception, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest web) {
        HttpServletRequest request = ((ServletWebRequest) web).getRequest();
        if (status.is5xxServerError()) {
            return unexpected(exception, request);
        }
        // A body that grew too large while a converter was reading it arrives wrapped.
        Problem problem = NestedExceptionUtils.getMostSpecificCause(exception) instanceof Problem inner
                ? inner
                : ofStatus(status.value(), request);
        return answer(problem, headers, request);
    }

    /** What a bare status means here; used where no exception reached a controller. */
    static Problem ofStatus(int status, HttpServletRequest request) {
        if (status >= 500) {
            return internal();
        }
        ProblemType type = BY_STATUS.getOrDefault(status, ProblemType.MALFORMED_REQUEST);
        return new Problem(type, type.title() + ": " + request.getMethod() + " " + request.getRequestURI());
    }

    private static Problem internal() {
        return new Problem(
                ProblemType.INTERNAL, "The failure is in our log under this correlation id; nothing was half-done.");
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers, HttpServletRequest request) {
        return ResponseEntity.status(problem.type().status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemWriter.body(request, problem));
    }
}
