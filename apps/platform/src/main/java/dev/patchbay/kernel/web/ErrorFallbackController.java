package dev.patchbay.kernel.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Answers requests that failed outside of any controller, in the same form as {@link ProblemHandler}. The servlet container
 * forwards them; a direct request to this path is denied (iam.web), so the failure's status is always set.
 */
@Controller
final class ErrorFallbackController implements ErrorController {

    private final ProblemWriter problems;

    ErrorFallbackController(ProblemWriter problems) {
        this.problems = problems;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = Objects.requireNonNull(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        problems.write(request, response, ProblemHandler.ofStatus((int) status, request));
    }
}
