package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProviderProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Gives a problem its outward form; filters, which run before any controller, write it themselves. */
@Component
public final class ProblemWriter {

    private static final String PAGES = "https://patchbay.dev/problems/";

    ProblemWriter() {}

    /** Answers the request with the problem; nothing may have been written before. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        byte[] body = Json.MAPPER.writeValueAsBytes(body(request, problem));
        response.setStatus(problem.type().status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static Map<String, Object> body(HttpServletRequest request, Problem problem) {
        String code = problem instanceof ProviderProblem one
                ? problem.type().code() + "_" + one.provider()
                : problem.type().code();
        var body = new LinkedHashMap<String, Object>();
        body.put("type", PAGES + code.substring(4));
        body.put("title", problem.type().title());
        body.put("status", problem.type().status());
        body.put("code", code);
        body.put("detail", problem.detail());
        body.put("correlationId", CorrelationFilter.of(request).value());
        if (!problem.problems().isEmpty()) {
            body.put("problems", problem.problems());
        }
        return body;
    }
}
