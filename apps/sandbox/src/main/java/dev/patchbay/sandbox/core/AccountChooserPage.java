package dev.patchbay.sandbox.core;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The HTML page of an OAuth authorization endpoint on which a person chooses an account. Each link repeats the request with
 * the chosen account, or with {@code deny=true}. No password is needed.
 */
public final class AccountChooserPage {

    /** An account to choose: its id in the request, and two lines that name it. */
    public record Choice(String value, String title, String subtitle) {}

    private AccountChooserPage() {}

    /**
     * @param vendor the vendor's name as the page shows it
     * @param parameter the query parameter by which the chosen {@link Choice#value} is sent
     */
    public static Response render(Request request, String vendor, String parameter, List<Choice> choices) {
        String link = Html.escape(lastSegment(request.path()) + "?" + query(request));
        String items = choices.stream()
                .map(choice -> "<li><a href=\"%s&amp;%s=%s\"><strong>%s</strong><br>%s</a></li>"
                        .formatted(
                                link,
                                parameter,
                                encode(choice.value()),
                                Html.escape(choice.title()),
                                Html.escape(choice.subtitle())))
                .collect(Collectors.joining("\n"));
        String page = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Choose an account – sandbox</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem}
                ul{list-style:none;padding:0}a{display:block;padding:.75rem 1rem;border:1px solid;border-radius:.5rem;margin:.5rem 0;
                color:inherit;text-decoration:none}</style></head>
                <body><main><h1>Choose an account</h1><p>This is the sandbox, not {vendor}.</p><ul>
                {items}
                <li><a href="{link}&amp;deny=true">None of them</a></li>
                </ul></main></body></html>
                """.replace("{vendor}", vendor).replace("{link}", link).replace("{items}", items);
        return Response.html(page);
    }

    private static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String query(Request request) {
        return request.query().entrySet().stream()
                .map(field ->
                        encode(field.getKey()) + "=" + encode(field.getValue().getFirst()))
                .collect(Collectors.joining("&"));
    }

    /** Redirects to the request's {@code redirect_uri} with its {@code state} and one more parameter: a code or an error. */
    public static Response redirectBack(Request request, String parameter, String value) {
        String location = request.query("redirect_uri").orElse("") + "?state="
                + encode(request.query("state").orElse("")) + "&" + parameter + "=" + encode(value);
        return Response.empty(302).withHeaders(Map.of("Location", location));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
