package dev.patchbay.integrations.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.TestHttp;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.WebhookVerifier.Verdict;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.testing.Samples;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks of workflows, which carry a secret instead of a signature. */
class HighLevelWorkflowTests {

    private static final String URL = "https://us/ingress/highlevel-workflow/k";
    private static final String BODY = """
            {"contact_id": "c1", "first_name": "Ada", "last_name": "Smith", "full_name": "Ada Smith", "email": "ada@example.com",
             "phone": "(415) 555-0123", "country": "US", "tags": "vip, , web", "location": {"id": "loc_1"},
             "workflow": {"id": "w1", "name": "Reminder"}, "customData": {"roof": "slate"}}""";

    private final HighLevelWorkflowVerifier verifier = new HighLevelWorkflowVerifier();
    private final Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private final HighLevelWorkflowNormaliser normaliser =
            new HighLevelWorkflowNormaliser(Clock.fixed(now, ZoneOffset.UTC));

    private Verdict verify(String url, Optional<String> header, Map<String, String> secrets) {
        var account = TestHttp.account("highlevel-workflow", URI.create("https://h"), "{}", secrets);
        var delivery = new Delivery(url, name -> header.filter(it -> name.equals("x-webhook-secret")), new byte[0]);
        return verifier.verify(delivery, account, now);
    }

    @ParameterizedTest
    @CsvSource({
        "'', s3cret/+, VALID",
        "?secret=s3cret%2F%2B, , VALID",
        "?a=b&secret=s3cret%2F%2B#x, , VALID",
        "?secret=other, , INVALID",
        "?secret=%zz, , INVALID",
        "'', other, INVALID",
        "'', , INVALID"
    })
    void theSecretComesInTheHeaderOrInTheAddress(String query, String header, Verdict verdict) {
        assertThat(verify(URL + query, Optional.ofNullable(header), Map.of("webhook_secret", "s3cret/+")))
                .isEqualTo(verdict);
        assertThat(verifier.provider()).isEqualTo("highlevel-workflow");
    }

    @Test
    void aSecretThatReplacesAnotherIsAcceptedBesideIt() {
        var secrets = Map.of("webhook_secret", "old", "webhook_secret.next", "new");
        assertThat(verify(URL, Optional.of("new"), secrets)).isEqualTo(Verdict.VALID);
        assertThat(verify(URL, Optional.of("old"), secrets)).isEqualTo(Verdict.VALID);
        assertThat(verify(URL, Optional.of("x"), Map.of())).isEqualTo(Verdict.INVALID);
    }

    private Normalised normalise(String body) {
        return normaliser.normalise(new Delivery(URL, name -> Optional.empty(), Hashing.utf8(body)));
    }

    @Test
    void aWorkflowsWebhookBecomesAnEvent() {
        Normalised event = normalise(BODY);

        assertThat(event.type()).isEqualTo("crm.workflow.triggered");
        assertThat(event.subject()).isEqualTo("c1");
        assertThat(event.person()).contains("+14155550123");
        assertThat(event.routes()).containsExactly(new Route("location", "loc_1"));
        assertThat(event.data().path("contact").toString())
                .isEqualTo("{\"id\":\"c1\",\"firstName\":\"Ada\",\"lastName\":\"Smith\",\"name\":\"Ada Smith\","
                        + "\"email\":\"ada@example.com\",\"phone\":\"+14155550123\",\"tags\":[\"vip\",\"web\"]}");
        assertThat(event.data().at("/workflow/name").asString()).isEqualTo("Reminder");
        assertThat(event.data().at("/custom/roof").asString()).isEqualTo("slate");
        assertThat(event.deduplicationKey()).isEqualTo(normalise(BODY).deduplicationKey());
        assertThat(normaliser.provider()).isEqualTo("highlevel-workflow");
        Samples.fits(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"phone\": \"+14155550123\"}; +14155550123",
                "{\"phone\": \"soon\", \"email\": \"ada@example.com\"}; ada@example.com",
                "{\"contact_id\": \"c1\"}; contact:c1",
                "{}; "
            })
    void thePersonIsTheContact(String body, String person) {
        Normalised event = normalise(body);

        assertThat(event.person()).isEqualTo(Optional.ofNullable(person));
        assertThat(event.routes()).isEmpty();
        Samples.fits(event);
    }

    @Test
    void aConnectionIsAlwaysHealthy() {
        var accounts = new HighLevelWorkflowAccounts();
        assertThat(accounts.provider().name()).isEqualTo("highlevel-workflow");
        assertThat(accounts.probe(TestHttp.account("highlevel-workflow", URI.create("https://h"), "{}", Map.of())))
                .isInstanceOf(HealthCheckResult.Healthy.class);
    }
}
