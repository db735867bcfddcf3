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
 * What people see whom a page refuses something: why, and the way on. Nothing inline, as our Content-Security-Policy wants it.
 *
 * @param title of the page
 * @param heading what did not happen
 * @param links where people can go on, as HTML of ours
 */
public record ErrorPage(String title, String heading, String links) {

    /** Does it, or says why not: to people on this page, to whoever asks for JSON as a problem. */
    public ResponseEntity<String> unless(HttpServletRequest request, Supplier<ResponseEntity<String>> work) {
        try {
            return work.get();
        } catch (Problem refused) {
            String accepted =
                    Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("");
            if (!accepted.contains(MediaType.TEXT_HTML_VALUE)) {
                throw refused;
            }
            return ResponseEntity.status(refused.type().status())
                    .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                    .body(saying(refused.detail()));
        }
    }

    private String saying(String sentence) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{title} – Patchbay</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/home.css">
                </head>
                <body>
                <main>
                <h1>{heading}</h1>
                <p role="alert">{sentence}</p>
                <p>{links}</p>
                </main>
                </body>
                </html>
                """.replace("{title}", title)
                .replace("{heading}", heading)
                .replace("{links}", links)
                .replace("{sentence}", HtmlUtils.htmlEscape(sentence));
    }
}
