package dev.patchbay.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The running sandbox: stand-ins for the vendors on one loopback port, each under its own name
 * ({@code /retell}, {@code /twilio}, {@code /highlevel}, {@code /google}, {@code /stripe}), steered under {@code /_sandbox}.
 */
public final class Sandbox implements AutoCloseable {

    /** How fast time-outs and steps go by; short, since who waits is a test or a demo. */
    record Pace(Duration retryDelay, Duration messageStep) {

        static final Pace USUAL = new Pace(Duration.ofMillis(500), Duration.ofMillis(50));
    }

    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Books books;
    private final RetellCalls calls;
    private final TwilioStatus messages;
    private final HighLevelWebhooks changes;
    private final TwilioHooks hooks;
    private final Stripe stripe;
    private final Mailbox mailbox;

    private Sandbox(
            HttpServer server,
            ExecutorService threads,
            Books books,
            RetellCalls calls,
            TwilioStatus messages,
            HighLevelWebhooks changes,
            TwilioHooks hooks,
            Stripe stripe,
            Mailbox mailbox) {
        this.mailbox = mailbox;
        this.server = server;
        this.threads = threads;
        this.books = books;
        this.calls = calls;
        this.messages = messages;
        this.changes = changes;
        this.hooks = hooks;
        this.stripe = stripe;
    }

    /**
     * Opens the books in that folder, created when missing, takes up unfinished deliveries and listens on 127.0.0.1.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException when the port is taken or the books cannot be opened
     */
    public static Sandbox start(Path books, int port) {
        return start(books, port, Clock.systemUTC(), Pace.USUAL);
    }

    static Sandbox start(Path folder, int port, Clock clock, Pace pace) {
        return start(folder, port, 0, clock, pace);
    }

    private static Sandbox start(Path folder, int port, int mailPort, Clock clock, Pace pace) {
        // Without it an answer waits for the acknowledgement of its own headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, e);
        }
        Books books = Books.open(folder);
        Faults faults = new Faults();
        Retell retell = new Retell(books, clock);
        RetellCalls calls = new RetellCalls(books, retell, faults, clock, pace.retryDelay());
        HighLevelWebhooks changes = new HighLevelWebhooks(books, faults, clock, pace.retryDelay());
        HighLevelCalendars calendars = new HighLevelCalendars(books, clock, changes);
        HighLevelConversations conversations = new HighLevelConversations(books, clock, changes);
        HighLevel highLevel = new HighLevel(books, clock, changes, calendars, conversations);
        GoogleSignIn signIn = new GoogleSignIn(books, clock);
        GoogleCalendar google = new GoogleCalendar(books, clock, signIn);
        TwilioHooks hooks = new TwilioHooks(books, faults, pace.retryDelay());
        TwilioStatus messages = new TwilioStatus(books, hooks, clock, pace.messageStep());
        Twilio twilio = new Twilio(books, clock, messages);
        TwilioPeople people = new TwilioPeople(books, clock, twilio, hooks);
        Stripe stripe = new Stripe(books, faults, clock, pace.retryDelay());
        Keyed n8n = Keyed.n8n(books);
        Keyed openRouter = Keyed.openRouter(books);
        List<Vendor> vendors = List.of(retell, highLevel, google, twilio, stripe, n8n, openRouter);
        faults.know(vendors);
        Mailbox mailbox = new Mailbox(books, clock, mailPort);
        Control control = new Control(
                books,
                mailbox,
                faults,
                retell,
                calls,
                highLevel,
                google,
                signIn,
                twilio,
                people,
                stripe,
                calendars,
                conversations,
                List.of(n8n, openRouter));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", new Router(vendors, control, faults, books, clock));
        server.start();
        calls.resume();
        hooks.resume();
        messages.resume();
        changes.resume();
        stripe.resume();
        return new Sandbox(server, threads, books, calls, messages, changes, hooks, stripe, mailbox);
    }

    /** Where it listens, without a closing slash: {@code http://127.0.0.1:4010}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where its mailbox takes mails in, on 127.0.0.1. */
    public int mailPort() {
        return mailbox.port();
    }

    @Override
    public void close() {
        mailbox.close();
        server.stop(0);
        threads.shutdownNow();
        threads.close();
        messages.close();
        changes.close();
        hooks.close();
        stripe.close();
        calls.close();
        books.close();
    }

    /** Runs until it is stopped; {@code PATCHBAY_SANDBOX_PORT}, {@code PATCHBAY_SANDBOX_MAIL_PORT} and {@code PATCHBAY_DATA_DIR} say where. */
    public static void main(String[] args) {
        System.out.println("The sandbox listens on " + start(System.getenv()).address());
    }

    static Sandbox start(Map<String, String> environment) {
        int port = Integer.parseInt(environment.getOrDefault("PATCHBAY_SANDBOX_PORT", "4010"));
        Path data = Path.of(environment.getOrDefault("PATCHBAY_DATA_DIR", ".patchbay"));
        int mailPort =
                Integer.parseInt(environment.getOrDefault("PATCHBAY_SANDBOX_MAIL_PORT", port == 0 ? "0" : "4025"));
        return start(data.resolve("sandbox"), port, mailPort, Clock.systemUTC(), Pace.USUAL);
    }
}
