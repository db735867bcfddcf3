package dev.patchbay.sandbox;

import com.sun.net.httpserver.HttpServer;
import dev.patchbay.sandbox.core.BackgroundWork;
import dev.patchbay.sandbox.core.Faults;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Vendor;
import dev.patchbay.sandbox.google.Google;
import dev.patchbay.sandbox.google.GoogleSignIn;
import dev.patchbay.sandbox.highlevel.HighLevel;
import dev.patchbay.sandbox.highlevel.HighLevelCalendars;
import dev.patchbay.sandbox.highlevel.HighLevelConversations;
import dev.patchbay.sandbox.highlevel.HighLevelWebhooks;
import dev.patchbay.sandbox.mail.Mailbox;
import dev.patchbay.sandbox.n8n.N8n;
import dev.patchbay.sandbox.openrouter.OpenRouter;
import dev.patchbay.sandbox.retell.Retell;
import dev.patchbay.sandbox.retell.RetellAgentVersions;
import dev.patchbay.sandbox.retell.RetellAgents;
import dev.patchbay.sandbox.retell.RetellCallCatalog;
import dev.patchbay.sandbox.retell.RetellCalls;
import dev.patchbay.sandbox.retell.RetellInvoice;
import dev.patchbay.sandbox.retell.RetellMonths;
import dev.patchbay.sandbox.stripe.Stripe;
import dev.patchbay.sandbox.twilio.SimulatedCallers;
import dev.patchbay.sandbox.twilio.Twilio;
import dev.patchbay.sandbox.twilio.TwilioAccounts;
import dev.patchbay.sandbox.twilio.TwilioMessages;
import dev.patchbay.sandbox.twilio.TwilioPrices;
import dev.patchbay.sandbox.twilio.TwilioStatusUpdates;
import dev.patchbay.sandbox.twilio.TwilioWebhooks;
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
 * The running sandbox: all vendors and the control API on one loopback port, and the mailbox on another.
 * Each vendor's paths begin with its name, those of the control API with {@code /_sandbox}.
 */
public final class Sandbox implements AutoCloseable {

    /**
     * Simulated delays. They are shorter than the vendors' so that tests and demos need not wait.
     *
     * @param firstRetry the delay before a webhook's second attempt
     * @param messageStep the time from one status of a text message to the next
     */
    record Delays(Duration firstRetry, Duration messageStep) {

        static final Delays DEFAULT = new Delays(Duration.ofMillis(500), Duration.ofMillis(50));
    }

    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Store store;
    private final Mailbox mailbox;
    private final List<BackgroundWork> background;

    private Sandbox(
            HttpServer server, ExecutorService threads, Store store, Mailbox mailbox, List<BackgroundWork> background) {
        this.server = server;
        this.threads = threads;
        this.store = store;
        this.mailbox = mailbox;
        this.background = background;
    }

    /**
     * Opens the store in that folder, which is created when it is missing, resumes unfinished deliveries and listens on
     * 127.0.0.1.
     *
     * @param port 0 for any free port
     * @throws UncheckedIOException when the port is in use or the store cannot be opened
     */
    public static Sandbox start(Path folder, int port) {
        return start(folder, port, Clock.systemUTC(), Delays.DEFAULT);
    }

    static Sandbox start(Path folder, int port, Clock clock, Delays delays) {
        return start(folder, port, 0, clock, delays);
    }

    private static Sandbox start(Path folder, int port, int mailPort, Clock clock, Delays delays) {
        // Without TCP_NODELAY a body waits until the client has acknowledged the headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, e);
        }
        Store store = Store.open(folder);
        Faults faults = new Faults();

        RetellAgents agents = new RetellAgents(store, clock);
        RetellAgentVersions versions = new RetellAgentVersions(store, clock, agents);
        RetellCalls calls = new RetellCalls(store, agents, versions, faults, clock, delays.firstRetry());
        RetellMonths months = new RetellMonths(store, agents);
        RetellCallCatalog catalog = new RetellCallCatalog(store, agents, months, clock);
        Retell retell = new Retell(agents, versions, catalog);

        HighLevelWebhooks changes = new HighLevelWebhooks(store, faults, clock, delays.firstRetry());
        HighLevelCalendars calendars = new HighLevelCalendars(store, clock, changes);
        HighLevelConversations conversations = new HighLevelConversations(store, clock, changes);
        HighLevel highLevel = new HighLevel(store, clock, changes, calendars, conversations);

        GoogleSignIn signIn = new GoogleSignIn(store, clock);
        Google google = new Google(store, clock, signIn);

        TwilioAccounts twilioAccounts = new TwilioAccounts(store);
        TwilioWebhooks twilioWebhooks = new TwilioWebhooks(store, faults, delays.firstRetry());
        TwilioStatusUpdates statusUpdates = new TwilioStatusUpdates(store, twilioWebhooks, clock, delays.messageStep());
        TwilioPrices prices = new TwilioPrices(store, clock);
        TwilioMessages messages = new TwilioMessages(store, clock, twilioAccounts, statusUpdates, prices);
        Twilio twilio = new Twilio(twilioAccounts, messages);
        SimulatedCallers callers = new SimulatedCallers(store, clock, twilioAccounts, messages, twilioWebhooks);

        Stripe stripe = new Stripe(store, faults, clock, delays.firstRetry());

        OpenRouter openRouter = new OpenRouter(store, clock);
        List<Vendor> vendors = List.of(retell, highLevel, google, twilio, stripe, N8n.create(store), openRouter);
        faults.register(vendors);
        Mailbox mailbox = new Mailbox(store, clock, faults, mailPort);
        ControlApi control = new ControlApi(
                store,
                faults,
                vendors,
                signIn,
                calls,
                new CostControl(months, catalog, new RetellInvoice(agents, catalog, store), prices, openRouter),
                callers,
                stripe,
                calendars,
                conversations,
                mailbox);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", new Router(vendors, control, faults, store, clock));
        server.start();
        // Status updates send webhooks, so they stop first.
        List<BackgroundWork> background = List.of(statusUpdates, twilioWebhooks, calls, changes, stripe);
        background.forEach(BackgroundWork::resume);
        return new Sandbox(server, threads, store, mailbox, background);
    }

    /** The base address, without a trailing slash: {@code http://127.0.0.1:4010}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The port on 127.0.0.1 at which the mailbox receives e-mail. */
    public int mailPort() {
        return mailbox.port();
    }

    @Override
    public void close() {
        mailbox.close();
        server.stop(0);
        threads.shutdownNow();
        threads.close();
        background.forEach(BackgroundWork::close);
        store.close();
    }

    /**
     * Runs until the process is stopped. {@code PATCHBAY_SANDBOX_PORT}, {@code PATCHBAY_SANDBOX_MAIL_PORT} and
     * {@code PATCHBAY_DATA_DIR} set the ports and the folder.
     */
    public static void main(String[] args) {
        System.out.println("The sandbox listens on " + start(System.getenv()).address());
    }

    static Sandbox start(Map<String, String> environment) {
        int port = Integer.parseInt(environment.getOrDefault("PATCHBAY_SANDBOX_PORT", "4010"));
        Path data = Path.of(environment.getOrDefault("PATCHBAY_DATA_DIR", ".patchbay"));
        int mailPort =
                Integer.parseInt(environment.getOrDefault("PATCHBAY_SANDBOX_MAIL_PORT", port == 0 ? "0" : "4025"));
        return start(data.resolve("sandbox"), port, mailPort, Clock.systemUTC(), Delays.DEFAULT);
    }
}
