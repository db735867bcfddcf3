package dev.patchbay.kernel.web;

import dev.patchbay.kernel.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

/**
 * The pages behind the {@code type} of problems: {@code /problems} lists the types, {@code /problems/{name}} explains one. They
 * need no sign-in, for a caller that is rejected may have none.
 */
@Configuration(proxyBeanMethods = false)
class ProblemPages {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    @Bean
    RouterFunction<ServerResponse> problemPagesRouter() {
        return RouterFunctions.route()
                .GET("/problems", request -> page(list()))
                .GET("/problems/{name}", request -> {
                    var type = ProblemType.find(request.pathVariable("name"));
                    return type.isPresent()
                            ? page(describe(type.get()))
                            : ServerResponse.status(404).contentType(HTML).body(unknown());
                })
                .build();
    }

    private static ServerResponse page(String html) {
        return ServerResponse.ok().contentType(HTML).body(html);
    }

    static String describe(ProblemType type) {
        String main = """
                <h1>{title}</h1>
                <dl>
                <dt>Code</dt>
                <dd><code>{code}</code></dd>
                <dt>HTTP status</dt>
                <dd>{status}</dd>
                </dl>
                <h2>What it means</h2>
                <p>{meaning}</p>
                <h2>What to do</h2>
                <p>{remedy}</p>
                <p><a href="/problems">All problem types</a></p>""".replace("{title}", text(type.title()))
                .replace("{code}", type.code())
                .replace("{status}", String.valueOf(type.status()))
                .replace("{meaning}", text(type.meaning()))
                .replace("{remedy}", text(type.remedy()));
        return HtmlPage.render(type.title(), main);
    }

    private static String list() {
        String items = Arrays.stream(ProblemType.values())
                .map(type -> "<li><a href=\"" + type.path() + "\"><code>" + type.code() + "</code></a> "
                        + text(type.title()) + "</li>")
                .collect(Collectors.joining("\n"));
        return HtmlPage.render("Problem types", "<h1>Problem types</h1>\n<ul>\n" + items + "\n</ul>");
    }

    private static String unknown() {
        return HtmlPage.render(
                "Unknown problem type",
                "<h1>There is no such problem type</h1>\n<p><a href=\"/problems\">All problem types</a></p>");
    }

    /** Escapes the text, and marks up the code in backticks. */
    private static String text(String sentence) {
        return HtmlUtils.htmlEscape(sentence).replaceAll("`([^`]+)`", "<code>$1</code>");
    }
}
