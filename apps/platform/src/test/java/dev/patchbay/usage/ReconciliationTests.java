package dev.patchbay.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A month at the sandbox, collected and compared with the provider's invoice: to the last digit. */
@PatchbayTest
class ReconciliationTests {

    private static final String MONTH = "2026-10";
    private static final Instant FIRST = Instant.parse("2026-10-01T00:00:00Z");

    @Autowired
    private ApplicationContext application;

    private UsageFixture agency;

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "one", "two", "three");
        agency.putClient("santiago", "America/Santiago");
        agency.putClient("havana", "America/Havana");
        agency.map("one", "santiago");
        agency.map("two", "havana");
    }

    private void placeMonth(int calls) {
        ObjectNode plan = Json.object()
                .put("seed", agency.mark.hashCode())
                .put("month", MONTH)
                .put("calls", calls)
                .put("clients", 3)
                .put("apiKey", agency.key());
        plan.putObject("share")
                .put("late", 0.1)
                .put("corrected", 0.1)
                .put("vanished", 0.02)
                .put("transfer", 0.1)
                .put("surcharge", 0.1)
                .put("minimum", 0.2);
        UsageFixture.sandbox("POST", "months", plan);
    }

    private void settle(int day) {
        UsageFixture.sandbox(
                "POST",
                "months/settle",
                Json.object()
                        .put("seed", agency.mark.hashCode())
                        .put("month", MONTH)
                        .put("day", day));
    }

    private String invoice(String format) {
        URI address = TestEnvironment.SANDBOX
                .address()
                .resolve("/_sandbox/retell/invoice?month=" + MONTH + "&format=" + format + "&apiKey=" + agency.key());
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException lost) {
            throw new IllegalStateException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private TestEnvironment.Reply upload(String query, String type, String body) {
        return TestEnvironment.send(TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT
                        + "/api/v1/usage/provider-invoices?connectionId=" + UsageFixture.RETELL + query))
                .header("Authorization", "Bearer " + agency.token())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode upload() {
        TestEnvironment.Reply reply = upload("", "application/json", invoice("json"));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        requireInvariant(reply.body());
        return reply.body();
    }

    /** The stated total is our sum, the differences by class and the rounding. */
    private static void requireInvariant(JsonNode view) {
        BigDecimal explained = view.path("byClass")
                .valueStream()
                .map(it -> amount(it.path("amount")))
                .reduce(amount(view.path("ours")).add(amount(view.path("rounding"))), BigDecimal::add);
        assertThat(explained).isEqualByComparingTo(amount(view.path("theirs")));
    }

    private static BigDecimal amount(JsonNode amount) {
        return new BigDecimal(amount.path("amount").asString());
    }

    private static Map<String, Integer> classes(JsonNode view) {
        var counts = new TreeMap<String, Integer>();
        view.path("byClass")
                .forEach(it ->
                        counts.put(it.path("class").asString(), it.path("count").asInt()));
        return counts;
    }

    private static final Map<String, Integer> WITHOUT_CALLS = Map.of("numbers", 2, "concurrency", 1, "credits", 1);

    @Test
    void aMonthWithCorrectionsMatchesTheInvoiceExactly() {
        placeMonth(600);
        for (int day : new int[] {0, 5, 11, 20}) {
            settle(day);
            assertThat(agency.collect(FIRST).path("state").asString()).isEqualTo("done");
        }

        JsonNode view = upload();

        assertThat(view.path("difference").path("amount").asString()).isEqualTo("0.00");
        assertThat(classes(view)).isEqualTo(WITHOUT_CALLS);
        assertThat(view.path("calls").asInt())
                .isEqualTo(view.path("matched").asInt())
                .isGreaterThan(500);
        assertThat(view.path("newer").asInt()).isZero();
        assertThat(agency.cost("2026-09-30", "2026-11-01")).isEqualByComparingTo(amount(view.path("ours")));
        assertThat(agency.send("POST", "usage/days/verify", agency.token())
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void eachPlantedDifferenceIsFoundOnceAndNamedRight() {
        placeMonth(400);
        settle(20);
        agency.collect(FIRST);
        JsonNode planted = UsageFixture.sandbox(
                "POST",
                "invoice/plant",
                Json.object()
                        .put("seed", 3)
                        .put("month", MONTH)
                        .put("apiKey", agency.key())
                        .put("count", 2));
        assertThat(planted.path("items").size()).isEqualTo(20);

        JsonNode view = upload();

        var expected = new TreeMap<String, Integer>(WITHOUT_CALLS);
        planted.path("items").forEach(it -> expected.merge(it.path("kind").asString(), 1, Integer::sum));
        assertThat(classes(view)).isEqualTo(expected);
        JsonNode differences = agency.get(
                        "usage/provider-invoices/" + view.path("id").asString() + "/differences?limit=100")
                .path("items");
        for (JsonNode item : planted.path("items")) {
            assertThat(differences
                            .valueStream()
                            .filter(it -> it.path("callId")
                                    .asString("")
                                    .equals(item.path("callId").asString()))
                            .map(it -> it.path("class").asString()))
                    .as(item.toString())
                    .containsExactly(item.path("kind").asString());
        }
    }

    @Test
    void anAcceptedDifferenceBecomesUsageAndOthersStay() {
        placeMonth(100);
        settle(20);
        agency.collect(FIRST);
        UsageFixture.sandbox(
                "POST",
                "invoice/plant",
                Json.object().put("seed", 5).put("month", MONTH).put("apiKey", agency.key()));
        JsonNode view = upload();
        String path = "usage/provider-invoices/" + view.path("id").asString();
        JsonNode differences = agency.get(path + "/differences?limit=200").path("items");
        int decided = 0;
        JsonNode last = view;
        for (JsonNode difference : differences) {
            boolean dispute = difference.path("class").asString().equals("other_price");
            TestEnvironment.Reply reply = agency.send(
                    "POST",
                    path + "/differences/" + difference.path("key").asString(),
                    agency.token(),
                    "{\"decision\": \"" + (dispute ? "dispute" : "accept") + "\"}");
            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
            requireInvariant(reply.body());
            last = reply.body();
            decided++;
        }
        assertThat(decided).isGreaterThan(10);
        assertThat(classes(last)).isEqualTo(Map.of("other_price", 1));
        assertThat(last.path("state").asString()).isEqualTo("settled");
        assertThat(agency.cost("2026-09-30", "2026-11-01")).isEqualByComparingTo(amount(last.path("ours")));
        String key = differences
                .valueStream()
                .filter(it -> it.path("class").asString().equals("numbers"))
                .map(it -> it.path("key").asString())
                .findFirst()
                .orElseThrow();
        assertThat(agency.send("POST", path + "/differences/" + key, agency.token(), "{\"decision\": \"accept\"}")
                        .status())
                .isEqualTo(404);
        JsonNode again =
                agency.send("POST", path + "/reconcile", agency.token()).body();
        assertThat(classes(again)).isEqualTo(Map.of("other_price", 1));
        assertThat(again.path("state").asString()).isEqualTo("settled");
        for (String action :
                List.of("provider_invoice.received", "provider_invoice.decided", "provider_invoice.reconciled")) {
            assertThat(agency.get("audit?action=" + action).path("items"))
                    .as(action)
                    .isNotEmpty();
        }
    }

    @Test
    void csvSaysTheSameAndReplacesTheEarlierInvoice() {
        placeMonth(50);
        settle(20);
        agency.collect(FIRST);
        JsonNode first = upload();

        TestEnvironment.Reply csv = upload("&month=" + MONTH, "text/csv", invoice("csv"));

        assertThat(csv.status()).as(csv.body().toString()).isEqualTo(201);
        assertThat(csv.body().path("theirs")).isEqualTo(first.path("theirs"));
        assertThat(csv.body().path("byClass")).isEqualTo(first.path("byClass"));
        JsonNode list = agency.get("usage/provider-invoices?month=" + MONTH).path("items");
        assertThat(list.valueStream().map(it -> it.path("state").asString())).containsExactly("open", "superseded");
        assertThat(agency.get("usage/provider-invoices/" + first.path("id").asString())
                        .path("lines")
                        .asInt())
                .isEqualTo(first.path("lines").asInt());
    }

    @Test
    void aDocumentThatIsNoInvoiceOfThisMonthLeavesNothing() {
        placeMonth(50);
        settle(20);
        String json = invoice("json");
        String csv = invoice("csv");

        assertRefused("&month=2026-09", "application/json", json, "is of 2026-10");
        assertRefused("", "application/json", "[]", "no JSON object");
        assertRefused("", "application/json", "{\"lines\": [", "no JSON");
        assertRefused("", "application/json", "{\"lines\": 7}", "no list");
        assertRefused("", "application/json", "{\"lines\": [{}]}", "Line 1");
        assertRefused("", "application/json", "{\"lines\": []}", "total");
        assertRefused("", "application/json", "{\"lines\": [], \"total\": 1}", "month");
        assertRefused("", "application/json", "{\"lines\": [], \"total\": 1, \"month\": \"soon\"}", "month");
        assertRefused("", "application/json", json.replace("\"usd\"", "\"eur\""), "usd");
        assertRefused(
                "", "application/json", json.replace("\"month\":\"2026-10\"", "\"month\":\"2026-09\""), "2026-09");
        assertRefused("", "application/json", json.replaceFirst("\"cents\":", "\"cents\":1"), "add up");
        assertRefused(
                "",
                "application/json",
                json.replaceFirst("\"start_timestamp\":[0-9]+", "\"start_timestamp\":\"x\""),
                "start_timestamp");
        assertRefused("", "text/csv", csv, "month");
        assertRefused("&month=" + MONTH, "text/csv", csv.substring(3), "first row");
        assertRefused("&month=" + MONTH, "text/csv", csv.replaceFirst("\n", "\n1,2\n"), "columns");
        assertRefused("&month=" + MONTH, "text/csv", csv.replaceFirst("\n", "\n,,,0,1,1\n"), "product");
        assertRefused("&month=" + MONTH, "text/csv", csv.replaceFirst("\n", "\n,,p,0,1,x\n"), "number");
        assertRefused("&month=" + MONTH, "text/csv", csv.substring(0, csv.indexOf(",,total")), "total");
        assertThat(upload("&month=soon", "text/csv", csv).status()).isEqualTo(400);
        assertThat(agency.get("usage/provider-invoices").path("items")).isEmpty();
        assertThat(agency.send("GET", "usage/provider-invoices/pin_none", agency.token())
                        .status())
                .isEqualTo(404);
        assertThat(agency.send("POST", "usage/provider-invoices?connectionId=con_none", agency.token(), "{}")
                        .status())
                .isEqualTo(404);
    }

    private void assertRefused(String query, String type, String body, String reason) {
        TestEnvironment.Reply reply = upload(query, type, body);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(422);
        assertThat(reply.body().path("code").asString()).isEqualTo("422.provider_invoice_invalid");
        assertThat(reply.body().path("detail").asString()).contains(reason);
    }
}
