package dev.patchbay.benchmark.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code load} sends webhooks and prints its figures as JSON on the last line; {@code sql} runs a script from standard
 * input. Secrets come in by the environment: {@code PATCHBAY_BENCH_SECRET}, {@code PATCHBAY_BENCH_DB_PASSWORD}.
 */
public final class Main {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;

    Main(Map<String, String> environment, InputStream in, PrintStream out) {
        this.environment = environment;
        this.in = in;
        this.out = out;
    }

    public static void main(String[] words) throws IOException, SQLException {
        new Main(System.getenv(), System.in, System.out).run(Arrays.asList(words));
    }

    void run(List<String> words) throws IOException, SQLException {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("Say what to do: load or sql");
        }
        var commandLine = new CommandLine(words.subList(1, words.size()));
        switch (words.getFirst()) {
            case "load" -> load(commandLine);
            case "sql" ->
                new SqlScript(out)
                        .run(
                                commandLine.text("url"),
                                commandLine.text("user"),
                                password(),
                                new String(in.readAllBytes(), StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("I do not know " + words.getFirst());
        }
    }

    private String password() {
        return environment.getOrDefault("PATCHBAY_BENCH_DB_PASSWORD", "");
    }

    private void load(CommandLine commandLine) throws IOException, SQLException {
        var webhooks = new ArrayList<RetellWebhook>();
        String secret = environment.getOrDefault("PATCHBAY_BENCH_SECRET", "");
        for (String target : commandLine.text("targets").split(",", -1)) {
            webhooks.add(new RetellWebhook(
                    URI.create(target),
                    secret,
                    commandLine.text("event", "call_analyzed"),
                    commandLine.text("agent"),
                    commandLine.number("bytes", 4096)));
        }
        int port = URI.create(commandLine.text("targets").split(",", -1)[0]).getPort();
        // Never anywhere else: this is a load generator.
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var endedRunQuery = endings(commandLine)) {
            var figures = new LoadGenerator(LoadPlan.of(commandLine), webhooks, server, this::say, Optional.ofNullable(endedRunQuery)).run();
            if (endedRunQuery != null) {
                say("questions " + endedRunQuery.questions());
            }
            say(JSON.writeValueAsString(figures));
        }
    }

    /** With {@code --flow}: runs are followed to their end, in the database. */
    private @Nullable EndedRunQuery endings(CommandLine commandLine) throws SQLException {
        String flow = commandLine.text("flow", "");
        if (flow.isEmpty()) {
            return null;
        }
        var endedRunQuery = new EndedRunQuery(commandLine.text("url"), commandLine.text("user"), password(), commandLine.text("tenant"), flow);
        say("follower " + endedRunQuery.process());
        return endedRunQuery;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
