package dev.patchbay.effects.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProviderResponsesTests {

    private final ProviderResponses answers =
            new ProviderResponses("Acme", body -> body.path("message").asString(""));

    private static final String UNCLEAR =
            "A request went out, and whether it was carried out could not be found out. Acme, asked for the contact: ";

    private static HttpOutcome answered(int status) {
        return new Responded(
                status, Json.read("{\"message\":\"phone is not valid\"}"), Optional.of(Duration.ofSeconds(7)));
    }

    private static Optional<PortResult<String>> done(JsonNode body) {
        return Optional.of(new PortResult.Succeeded<>("it", "id_1"));
    }

    private PortResult<String> act(HttpOutcome outcome) {
        return answers.effectResult(outcome, "the contact", ProviderResponsesTests::done);
    }

    private PortResult<String> read(HttpOutcome outcome) {
        return answers.readResult(outcome, "the contact", ProviderResponsesTests::done);
    }

    private LookupResult<String> lookUp(HttpOutcome outcome) {
        return answers.lookupResult(outcome, "the contact", body -> Optional.of(new LookupResult.Absent<>()));
    }

    @Test
    void successNeedsTheProvidersProof() {
        assertThat(act(answered(200))).isEqualTo(new PortResult.Succeeded<>("it", "id_1"));
        assertThat(answers.effectResult(answered(200), "the contact", body -> Optional.<PortResult<String>>empty()))
                .isEqualTo(new PortResult.Unknown<>(
                        "Acme accepted the contact, but its answer does not say what came of it."));
    }

    @Test
    void aServerErrorLeavesAnEffectUnknownAndAReadRepeatable() {
        assertThat(act(answered(503)))
                .isEqualTo(
                        new PortResult.Unknown<>("Acme answered 503 when asked for the contact: phone is not valid"));
        assertThat(act(new Lost("gone"))).isEqualTo(new PortResult.Unknown<>("Acme, asked for the contact: gone"));
        assertThat(read(answered(503)))
                .isEqualTo(new PortResult.RetryLater<>(
                        FailureReason.PROVIDER_DOWN,
                        "Acme answered 503 when asked for the contact: phone is not valid",
                        Optional.empty()));
        assertThat(read(answered(200))).isInstanceOf(PortResult.Succeeded.class);
    }

    @Test
    void theSentenceNamesTheRequest() {
        assertThat(answers.readResult(answered(503), "to list texts", ProviderResponsesTests::done)
                        .toString())
                .contains("Acme answered 503 when asked to list texts: ");
    }

    @Test
    void anUnsentRequestIsRetriedLater() {
        assertThat(act(new NotSent("nobody")))
                .isEqualTo(new PortResult.RetryLater<>(
                        FailureReason.PROVIDER_DOWN, "Acme, asked for the contact: nobody", Optional.empty()));
    }

    @Test
    void aRefusalQuotesTheProvidersMessage() {
        assertThat(act(answered(422)))
                .isEqualTo(new PortResult.Rejected<>(
                        FailureReason.BAD_INPUT, "Acme refused the contact: phone is not valid"));
        assertThat(act(new Responded(404, Json.object(), Optional.empty())))
                .isEqualTo(new PortResult.Rejected<>(
                        FailureReason.BAD_INPUT, "Acme refused the contact: it gave no reason (status 404)"));
        assertThat(act(answered(401))).isInstanceOf(PortResult.Unauthorized.class);
        assertThat(act(answered(429)))
                .isEqualTo(new PortResult.RetryLater<>(
                        FailureReason.RATE_LIMITED,
                        "Acme asks us to send fewer requests: it answered 429 when asked for the contact.",
                        Optional.of(Duration.ofSeconds(7))));
    }

    @Test
    void aLookUpTrustsOnlyAClearResponse() {
        assertThat(lookUp(answered(200))).isInstanceOf(LookupResult.Absent.class);
        assertThat(answers.lookupResult(answered(200), "it", body -> Optional.<LookupResult<String>>empty()))
                .isInstanceOf(LookupResult.Unavailable.class);
        assertThat(lookUp(answered(401))).isInstanceOf(LookupResult.Unauthorized.class);
        assertThat(lookUp(answered(429))).isInstanceOf(LookupResult.Unavailable.class);
        assertThat(lookUp(new Lost("gone"))).isEqualTo(new LookupResult.Unavailable<>(UNCLEAR + "gone"));
        assertThat(lookUp(new NotSent("nobody"))).isEqualTo(new LookupResult.Unavailable<>(UNCLEAR + "nobody"));
    }

    @Test
    void onlyASuccessContinues() {
        PortResult<Integer> next = new PortResult.Succeeded<>(1, "id_2");
        assertThat(act(answered(200)).then(it -> next)).isSameAs(next);
        for (int status : new int[] {401, 404, 429, 500}) {
            PortResult<String> stopped = act(answered(status));
            assertThat(stopped.<Integer>then(it -> next)).hasToString(stopped.toString());
        }
    }
}
