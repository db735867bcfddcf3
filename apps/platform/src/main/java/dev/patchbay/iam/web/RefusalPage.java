package dev.patchbay.iam.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.util.HtmlUtils;

/** What people see who were not let in: why, and the way back. Nothing inline, as our Content-Security-Policy wants it. */
final class RefusalPage {

    private RefusalPage() {}

    /** @param request which was refused; one to begin is begun again with all it said, of others the browser knows no more */
    static String of(String sentence, HttpServletRequest request) {
        boolean began = request.getRequestURI().equals("/sign-in");
        String again = began && request.getQueryString() != null ? "?" + request.getQueryString() : "";
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Not signed in – Patchbay</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/home.css">
                </head>
                <body>
                <main>
                <h1>You are not signed in</h1>
                <p role="alert">{sentence}</p>
                <p>{invited}</p>
                <p><a class="button" href="/sign-in{again}">Start again</a> <a href="/">Home</a></p>
                </main>
                </body>
                </html>
                """.replace("{invited}", began ? "" : "If a mail invited you, follow the link in it once more.")
                .replace("{again}", HtmlUtils.htmlEscape(again))
                .replace("{sentence}", HtmlUtils.htmlEscape(sentence));
    }
}
