package dev.patchbay.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The page on which one chooses an account; nobody asks for a password. */
final class GoogleChooser {

    private GoogleChooser() {}

    static Answer page(Request request, List<ObjectNode> people) {
        String asked = request.query().entrySet().stream()
                .map(field ->
                        encoded(field.getKey()) + "=" + encoded(field.getValue().getFirst()))
                .collect(Collectors.joining("&"));
        String rows = people.stream()
                .map(person -> "<li><a href=\"auth?%s&amp;account=%s\"><strong>%s</strong><br>%s</a></li>"
                        .formatted(
                                escaped(asked),
                                encoded(Json.text(person, "email")),
                                escaped(Json.text(person, "name")),
                                escaped(Json.text(person, "email"))))
                .collect(Collectors.joining("\n"));
        String page = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Choose an account – sandbox</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem}
                ul{list-style:none;padding:0}a{display:block;padding:.75rem 1rem;border:1px solid;border-radius:.5rem;margin:.5rem 0;
                color:inherit;text-decoration:none}</style></head>
                <body><main><h1>Choose an account</h1><p>This is the sandbox, not Google.</p><ul>
                {rows}
                </ul></main></body></html>
                """.replace("{rows}", rows);
        return new Answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), page);
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
