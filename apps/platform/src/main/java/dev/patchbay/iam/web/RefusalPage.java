package dev.patchbay.iam.web;

import org.springframework.web.util.HtmlUtils;

/** What people see who were not let in: why, and the way back. Nothing inline, as our Content-Security-Policy wants it. */
final class RefusalPage {

    private RefusalPage() {}

    static String of(String sentence) {
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
                <p><a class="button" href="/sign-in">Start again</a> <a href="/">Home</a></p>
                </main>
                </body>
                </html>
                """.replace("{sentence}", HtmlUtils.htmlEscape(sentence));
    }
}
