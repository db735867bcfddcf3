package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that Tomcat refuses before any filter, such as one with a malformed request line, as
 * {@code application/problem+json} with the usual response headers. Tomcat creates this class by its name.
 */
public final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemType type = status == 500 ? ProblemType.INTERNAL : ProblemType.MALFORMED_REQUEST;
        String correlation = Ids.next("cor", Instant.now());
        byte[] body = Json.write(Json.object()
                        .put("type", type.path())
                        .put("title", type.title())
                        .put("status", status)
                        .put("code", type.code())
                        .put("detail", "The request could not be read; check its first line and its headers.")
                        .put("correlationId", correlation))
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType("application/problem+json");
            response.setHeader(CorrelationFilter.HEADER, correlation);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", SecurityHeaders.DATA_POLICY);
            response.setHeader("Cache-Control", "no-store");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
