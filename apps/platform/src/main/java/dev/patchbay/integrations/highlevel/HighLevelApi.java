package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.ingress.spi.PollSource.Unavailable;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads lists of calendars, appointments and conversations, whose endpoints take API version 2021-04-15 (HighLevel API). */
@Component
class HighLevelApi {

    private final OutgoingHttp http;

    HighLevelApi(OutgoingHttp http) {
        this.http = http;
    }

    /**
     * @throws Unavailable when HighLevel does not answer with success, for example at its rate limit (429)
     */
    JsonNode get(Account account, String operation, String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(it -> it.getKey() + "=" + encode(it.getValue()))
                .collect(Collectors.joining("&"));
        HttpOutcome outcome = http.send(HttpCall.get(operation, URI.create(account.baseUrl() + path + "?" + parameters))
                .withHeader("Authorization", "Bearer " + account.secret("access_token"))
                .withHeader("Version", "2021-04-15"));
        return switch (outcome) {
            case Responded responded when responded.isSuccess() -> responded.body();
            case Responded error ->
                throw new Unavailable("HighLevel answered " + error.status() + " to " + operation + ".");
            case HttpOutcome.NotSent notSent -> throw new Unavailable(notSent.sentence());
            case HttpOutcome.Lost lost -> throw new Unavailable(lost.sentence());
        };
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
