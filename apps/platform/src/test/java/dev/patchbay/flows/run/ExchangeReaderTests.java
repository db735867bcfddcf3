package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeReaderTests {

    /** Statuses in order, 0 for no response; the position of the exchange that decided. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 404     | gave-up NO_SLOT            | 0",
                "200 409     | gave-up NO_SLOT            | 1",
                "200 409 404 | gave-up NO_SLOT            | 1",
                "422         | gave-up BAD_INPUT          | 0",
                "200 400     | gave-up OPTED_OUT          | 1",
                "200 401     | again 0 AUTH_EXPIRED       | 1",
                "403         | gave-up AUTH_EXPIRED       | 0",
                "200 429 200 | again 100 RATE_LIMITED     | 1",
                "200 0 404   | again 100 PROVIDER_DOWN    | 1",
                "503         | gave-up UNKNOWN_OUTCOME    | 0",
                "200 302     | gave-up BUG                | 1",
                "200 200 404 | done                       | 1",
                "404         | gave-up NO_SLOT            | 0",
                "500         | later 10                   | 0",
                "0           | ask                        | 0",
            })
    void theDecidingExchangeIsTheLastThatShowsTheReason(String statuses, String outcome, int deciding) {
        int[] codes = Arrays.stream(statuses.split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();

        assertThat(ExchangeReader.findDeciding(codes, AttemptResult.parse(outcome)))
                .hasValue(deciding);
    }

    @Test
    void withoutExchangesNothingDecided() {
        assertThat(ExchangeReader.read(Json.read("[]"), AttemptResult.parse("done")))
                .isEmpty();
    }

    @Test
    void anExchangeIsShownWithoutHostAndQuery() {
        var stored = Json.read("""
                [{"operation": "google/freeBusy.query", "milliseconds": 12,
                  "request": {"method": "POST", "url": "https://g.example/calendar/v3/freeBusy?key=x", "body": {"items": []}},
                  "answer": {"status": 200, "body": {"busy": true}}},
                 {"operation": "google/events.get", "milliseconds": 41,
                  "request": {"method": "GET", "url": "https://g.example/calendar/v3/events/e1", "body": null},
                  "answer": {"error": "no answer in time"}}]""");

        var exchanges = ExchangeReader.read(stored, AttemptResult.parse("gave-up NO_SLOT"));

        var first = exchanges.getFirst();
        assertThat(first.provider()).isEqualTo("google");
        assertThat(first.operation()).isEqualTo("freeBusy.query");
        assertThat(first.method() + " " + first.path()).isEqualTo("POST /calendar/v3/freeBusy");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.request()).isEqualTo(Json.read("{\"items\": []}"));
        assertThat(first.response()).isEqualTo(Json.read("{\"busy\": true}"));
        assertThat(first.error()).isNull();
        assertThat(first.decided()).isTrue();
        var second = exchanges.getLast();
        assertThat(second.status()).isNull();
        assertThat(second.request()).isNull();
        assertThat(second.response()).isNull();
        assertThat(second.error()).isEqualTo("no answer in time");
        assertThat(second.decided()).isFalse();
    }
}
