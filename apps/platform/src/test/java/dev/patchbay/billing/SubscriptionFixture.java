package dev.patchbay.billing;

import dev.patchbay.billing.rating.BillingCycle;
import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** An agency with a client who subscribes to plans from three months ago, so that two or three periods have ended. */
public final class SubscriptionFixture {

    /** The first day of the month three months ago. */
    public static final LocalDate START = findStart();

    /** A price a minute in two tiers, without grace. */
    public static final String TIERS = """
            {"currency": "USD", "charges": [{"key": "talk", "per": "60", "model": "graduated",
              "tiers": [{"upTo": "10", "unit": "0.50"}, {"upTo": null, "unit": "0.20"}]}]}""";

    private final ApplicationContext application;
    public final BillingFixture agency;
    public final ClientId client;
    public final UsageRecordsFixture usage;

    public SubscriptionFixture(ApplicationContext application) {
        this(application, "UTC");
    }

    public SubscriptionFixture(ApplicationContext application, String zone) {
        this.application = application;
        this.agency = new BillingFixture(application);
        this.client = agency.client("a", zone);
        this.usage = new UsageRecordsFixture(application, agency.tenant);
    }

    private static LocalDate findStart() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC)
                .minusMonths(3)
                .withDayOfMonth(1);
    }

    /** Creates a plan whose first version is approved from long ago, and returns its id. */
    public String plan(String name, String terms) {
        String plan = agency.post(
                        "plans", "{\"name\": \"" + name + "\", \"startsOn\": \"2020-01-01\", \"terms\": " + terms + "}")
                .path("id")
                .asString();
        agency.post("plans/" + plan + "/versions/1/approve", "");
        return plan;
    }

    public static String request(ClientId client, String plan, LocalDate startsOn, String more) {
        return "{\"clientId\": \"" + client + "\", \"planId\": \"" + plan + "\", \"version\": 1, \"startsOn\": \""
                + startsOn + "\"" + more + "}";
    }

    /** Subscribes the client to the terms from the start, and returns the subscription's id. */
    public String subscribe(String terms) {
        return subscribe(terms, START, "");
    }

    public String subscribe(String terms, LocalDate startsOn, String more) {
        return agency.post("subscriptions", request(client, plan("Plan " + startsOn, terms), startsOn, more))
                .path("id")
                .asString();
    }

    /** Issues a token with which one client reads its own billing. */
    public String clientToken(ClientId reader) {
        return application
                .getBean(ServiceTokens.class)
                .issue(
                        agency.tenant,
                        "system",
                        new NewToken(
                                "client", Set.of(Permission.of("read:billing")), Optional.of(reader), Optional.empty()))
                .secret();
    }

    /** Records a call on the day of the period (0 is the first day), at noon UTC. */
    public void call(String subject, int period, int day, int seconds, String cost) {
        usage.call(client, subject, noon(period, day), seconds, cost);
    }

    public static Instant noon(int period, int day) {
        return START.plusMonths(period - 1L).plusDays(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    public static Instant startOf(int period, String zone) {
        return BillingCycle.firstMomentOf(START.plusMonths(period - 1L), ZoneId.of(zone));
    }

    /** Finalizes the period and returns the invoice with its lines. */
    public JsonNode finalizePeriod(String subscription, int n) {
        return agency.post("subscriptions/" + subscription + "/periods/" + n + "/finalize", "")
                .path("invoice");
    }

    /** Returns the amount of a member of an invoice, for example {@code total}. */
    public static String amount(JsonNode invoice, String member) {
        return invoice.at("/invoice/" + member + "/amount").asString();
    }

    /** Returns each line as period, charge, kind and amount. */
    public static List<String> lines(JsonNode invoice) {
        return invoice.path("lines")
                .valueStream()
                .map(line ->
                        line.path("period").asInt() + " " + line.path("charge").asString() + " "
                                + line.path("kind").asString() + " "
                                + line.at("/amount/amount").asString())
                .toList();
    }

    /** Returns the calls behind a line. */
    public JsonNode calls(JsonNode invoice, int line) {
        return agency.get("invoices/" + idOf(invoice) + "/lines/" + line + "/calls")
                .path("items");
    }

    public static String idOf(JsonNode invoice) {
        return invoice.at("/invoice/id").asString();
    }

    /** Returns the sum of the shares of calls. */
    public static String sum(JsonNode calls) {
        return calls.valueStream()
                .map(call -> new BigDecimal(call.at("/amount/amount").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString();
    }
}
