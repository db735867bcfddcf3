package dev.patchbay.kernel.web;

import org.springframework.web.util.HtmlUtils;

/** The HTML frame of the platform's small pages. Nothing is inline, as our Content-Security-Policy requires. */
final class HtmlPage {

    private HtmlPage() {}

    /**
     * Renders a page.
     *
     * @param title as text
     * @param main the content of {@code <main>}, as HTML of ours
     */
    static String render(String title, String main) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{title} – Patchbay</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/page.css">
                </head>
                <body>
                <main>
                {main}
                </main>
                </body>
                </html>
                """.replace("{title}", HtmlUtils.htmlEscape(title)).replace("{main}", main);
    }
}
