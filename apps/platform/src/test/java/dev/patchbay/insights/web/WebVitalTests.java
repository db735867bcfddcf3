package dev.patchbay.insights.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Measurements of browsers become metrics by page; implausible ones become none. */
@PatchbayTest
class WebVitalTests {

    @Autowired
    private PeopleFixture people;

    @Autowired
    private MeterRegistry meters;

    private String token = "";

    @BeforeEach
    void signIn() {
        token = people.issueToken(people.createTenant(), Optional.empty(), "read:runs");
    }

    private Reply send(String body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/web-vitals"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method("POST", BodyPublishers.ofString(body)));
    }

    @Test
    void eachVitalIsRecordedUnderThePageItWasMeasuredOn() {
        var reply = send("""
                {"page": "/calls/{id}", "vitals": [
                  {"name": "LCP", "value": 1830.4}, {"name": "INP", "value": 96}, {"name": "CLS", "value": 0.02}]}""");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(meters.get("portal.lcp").tag("page", "/calls/{id}").timer().max(TimeUnit.MILLISECONDS))
                .isEqualTo(1830);
        assertThat(meters.get("portal.inp").tag("page", "/calls/{id}").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("portal.cls").tag("page", "/calls/{id}").summary().max())
                .isEqualTo(0.02);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"page\": \"/usage\"}",
                "{\"page\": \"/usage\", \"vitals\": []}",
                "{\"page\": \"/usage\", \"vitals\": [null]}",
                "{\"page\": \"/usage\", \"vitals\": [{\"name\": \"LCP\"}]}",
                "{\"page\": \"/usage\", \"vitals\": [{\"value\": 1}]}",
                "{\"page\": \"/usage\", \"vitals\": [{\"name\": \"CLS\", \"value\": 0.1}, {\"name\": \"LCP\", \"value\": -1}]}",
                "{\"page\": \"/usage\", \"vitals\": [{\"name\": \"INP\", \"value\": 60001}]}",
                "{\"page\": \"/calls/call_1\", \"vitals\": [{\"name\": \"LCP\", \"value\": 1}]}",
                "{\"page\": \"/usage\", \"vitals\": [{\"name\": \"FID\", \"value\": 1}]}"
            })
    void implausibleMeasurementsAreRefusedAndLeaveNoMetric(String body) {
        var reply = send(body);

        assertThat(reply.status()).isBetween(400, 422);
        assertThat(reply.body().path("detail").asString()).isNotEmpty();
        assertThat(meters.find("portal.cls").tag("page", "/usage").summary()).isNull();
    }

    @Test
    void moreThanTenVitalsAtOnceAreRefused() {
        String vital = "{\"name\": \"LCP\", \"value\": 1}";
        String vitals = String.join(", ", Collections.nCopies(11, vital));

        assertThat(send("{\"page\": \"/usage\", \"vitals\": [" + vitals + "]}").status())
                .isEqualTo(422);
    }
}
