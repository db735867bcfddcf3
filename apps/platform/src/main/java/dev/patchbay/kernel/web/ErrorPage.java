package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/**
 * The page that a person sees when a request of the browser is rejected: the reason, and links to go on.
 *
 * @param title of the page
 * @param heading what did not happen
 * @param links where the person can go on, as HTML of ours
 */
public record ErrorPage(String title, String heading, String links) {

    /** Runs the work. A problem becomes this page for a browser, and stays a problem for a client that accepts no HTML. */
    public ResponseEntity<String> respond(HttpServletRequest request, Supplier<ResponseEntity<String>> work) {
        try {
            return work.get();
        } catch (Problem rejected) {
            String accepted =
                    Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("");
            if (!accepted.contains(MediaType.TEXT_HTML_VALUE)) {
                throw rejected;
            }
            return ResponseEntity.status(rejected.type().status())
                    .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                    .body(render(rejected.detail()));
        }
    }

    private String render(String sentence) {
        String main = """
                <h1>{heading}</h1>
                <p role="alert">{sentence}</p>
                <p>{links}</p>""".replace("{heading}", HtmlUtils.htmlEscape(heading))
                .replace("{links}", links)
                .replace("{sentence}", HtmlUtils.htmlEscape(sentence));
        return HtmlPage.render(title, main);
    }
}
