package dev.patchbay.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page on which one chooses an account; nobody asks for a password. */
final class Chooser {

    /** What is chosen, as people know it. */
    record Choice(String value, String title, String subtitle) {}

    private Chooser() {}

    /**
     * @param vendor for whom the sandbox stands in
     * @param parameter what the choice is added to the request as
     */
    static Answer page(Request request, String vendor, String parameter, List<Choice> choices) {
        String again = escaped(request.path().substring(request.path().lastIndexOf('/') + 1) + "?" + asked(request));
        String rows = choices.stream()
                .map(choice -> "<li><a href=\"%s&amp;%s=%s\"><strong>%s</strong><br>%s</a></li>"
                        .formatted(
                                again,
                                parameter,
                                encoded(choice.value()),
                                escaped(choice.title()),
                                escaped(choice.subtitle())))
                .collect(Collectors.joining("\n"));
        String page = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Choose an account – sandbox</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem}
                ul{list-style:none;padding:0}a{display:block;padding:.75rem 1rem;border:1px solid;border-radius:.5rem;margin:.5rem 0;
                color:inherit;text-decoration:none}</style></head>
                <body><main><h1>Choose an account</h1><p>This is the sandbox, not {vendor}.</p><ul>
                {rows}
                <li><a href="{again}&amp;deny=true">None of them</a></li>
                </ul></main></body></html>
                """.replace("{vendor}", vendor).replace("{again}", again).replace("{rows}", rows);
        return new Answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), page);
    }

    private static String asked(Request request) {
        return request.query().entrySet().stream()
                .map(field ->
                        encoded(field.getKey()) + "=" + encoded(field.getValue().getFirst()))
                .collect(Collectors.joining("&"));
    }

    /** The way back to the application, with what it asked to have back. */
    static Answer back(Request request, String parameter, String value) {
        String to = request.query("redirect_uri").orElse("") + "?state="
                + encoded(request.query("state").orElse("")) + "&" + parameter + "=" + encoded(value);
        return Answer.empty(302).with(Map.of("Location", to));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
