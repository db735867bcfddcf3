package dev.patchbay.kernel.web;

import dev.patchbay.kernel.web.PortalFiles.PortalFile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Answers with files of the portal (ADR 0030). Names with a hash are immutable for a year; pages are asked for again each time,
 * with an ETag. A page's policy allows exactly its own inline scripts.
 */
final class PortalHandler implements HttpRequestHandler {

    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String ONE_YEAR = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";
    private static final String NOT_FOUND_PAGE = "404";

    private static final String NOT_BUILT = HtmlPage.render(
            "Patchbay",
            "<h1>Patchbay</h1>\n<p>This build has no portal; <code>./dev up</code> builds one. The API is at <code>/api/v1</code>.</p>");

    private final Supplier<PortalFiles> source;

    /** @param files asked for at each request, since a directory changes under a running process */
    PortalHandler(Supplier<PortalFiles> files) {
        this.source = files;
    }

    /** Whether the request is for a file of the portal, or a person's for a page that does not exist. */
    boolean accepts(HttpServletRequest request) {
        String path = request.getRequestURI();
        return METHODS.contains(request.getMethod())
                && !SecurityHeaders.isData(path)
                && (path.equals("/") || find(path).isPresent() || wantsPage(request));
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PortalFiles files = source.get();
        Optional<PortalFile> found = find(request.getRequestURI());
        if (found.isPresent()) {
            send(request, response, files, found.get());
        } else if (files.isEmpty()) {
            response.setStatus(request.getRequestURI().equals("/") ? HttpServletResponse.SC_OK : 404);
            write(response, MediaType.TEXT_HTML_VALUE, NOT_BUILT.getBytes(StandardCharsets.UTF_8));
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            var page = files.findNamed(NOT_FOUND_PAGE).orElseThrow();
            setPolicy(response, page);
            write(response, page.type(), files.read(page, false));
        }
    }

    private Optional<PortalFile> find(String path) {
        return path.startsWith("/") ? source.get().find(path) : Optional.empty();
    }

    private static boolean wantsPage(HttpServletRequest request) {
        @Nullable String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    private void send(HttpServletRequest request, HttpServletResponse response, PortalFiles files, PortalFile file)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, file.isImmutable() ? ONE_YEAR : ASK_AGAIN);
        setPolicy(response, file);
        if (file.gzip()) {
            response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (new ServletWebRequest(request, response).checkNotModified(file.etag())) {
            return;
        }
        boolean compressed = file.gzip() && acceptsGzip(request);
        if (compressed) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        write(response, file.type(), files.read(file, compressed));
    }

    private static void setPolicy(HttpServletResponse response, PortalFile file) {
        if (file.type().startsWith(MediaType.TEXT_HTML_VALUE)) {
            response.setHeader("Content-Security-Policy", SecurityHeaders.portalPolicy(file.scripts()));
        }
    }

    private static boolean acceptsGzip(HttpServletRequest request) {
        @Nullable String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip");
    }

    private static void write(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
