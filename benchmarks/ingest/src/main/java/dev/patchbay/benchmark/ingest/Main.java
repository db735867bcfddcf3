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
 * The command line of the load generator. {@code load} sends webhooks and prints its statistics as JSON on the last line; {@code sql}
 * executes a script from standard input. Secrets are in the environment: {@code PATCHBAY_BENCH_SECRET}, {@code PATCHBAY_BENCH_DB_PASSWORD}.
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

    public static void main(String[] arguments) throws IOException, SQLException {
        new Main(System.getenv(), System.in, System.out).run(Arrays.asList(arguments));
    }

    void run(List<String> arguments) throws IOException, SQLException {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("The first argument must be load or sql");
        }
        var options = new CommandLine(arguments.subList(1, arguments.size()));
        switch (arguments.getFirst()) {
            case "load" -> runLoad(options);
            case "sql" ->
                new SqlScript(out)
                        .execute(
                                options.text("url"),
                                options.text("user"),
                                password(),
                                new String(in.readAllBytes(), StandardCharsets.UTF_8));
            default ->
                throw new IllegalArgumentException(
                        "The first argument must be load or sql, not " + arguments.getFirst());
        }
    }

    private String password() {
        return environment.getOrDefault("PATCHBAY_BENCH_DB_PASSWORD", "");
    }

    private void runLoad(CommandLine options) throws IOException, SQLException {
        var webhooks = new ArrayList<RetellWebhook>();
        String secret = environment.getOrDefault("PATCHBAY_BENCH_SECRET", "");
        for (String target : options.text("targets").split(",", -1)) {
            webhooks.add(new RetellWebhook(
                    URI.create(target),
                    secret,
                    options.text("event", "call_analyzed"),
                    options.text("agent"),
                    options.number("bytes", 4096)));
        }
        int port = URI.create(options.text("targets").split(",", -1)[0]).getPort();
        // The loopback address only: a load generator must never reach another machine.
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var endedRuns = endedRuns(options)) {
            var summary = new LoadGenerator(
                            LoadPlan.of(options), webhooks, server, this::printLine, Optional.ofNullable(endedRuns))
                    .run();
            if (endedRuns != null) {
                printLine("questions " + endedRuns.count());
            }
            printLine(JSON.writeValueAsString(summary));
        }
    }

    /** With {@code --flow}, a connection waits for the end of its run; null without. */
    private @Nullable EndedRunQuery endedRuns(CommandLine options) throws SQLException {
        String flow = options.text("flow", "");
        if (flow.isEmpty()) {
            return null;
        }
        var endedRuns =
                new EndedRunQuery(options.text("url"), options.text("user"), password(), options.text("tenant"), flow);
        printLine("follower " + endedRuns.backendPid());
        return endedRuns;
    }

    private void printLine(String line) {
        out.println(line);
        out.flush();
    }
}
