package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProviderProblem;
import dev.patchbay.kernel.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Writes a problem as {@code application/problem+json}. Filters, which run before any controller, use it directly. */
@Component
public final class ProblemWriter {

    private final String publicUrl;

    ProblemWriter(Settings settings) {
        this.publicUrl = settings.publicUrl().toString();
    }

    /** Answers the request with the problem; the response must not be committed yet. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        byte[] body = Json.MAPPER.writeValueAsBytes(body(request, problem));
        response.setStatus(problem.type().status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The members of the problem; {@code type} is the address of its page on this platform. */
    Map<String, Object> body(HttpServletRequest request, Problem problem) {
        String code = problem instanceof ProviderProblem ofProvider
                ? problem.type().code() + "_" + ofProvider.provider()
                : problem.type().code();
        var body = new LinkedHashMap<String, Object>();
        body.put("type", publicUrl + problem.type().path());
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
