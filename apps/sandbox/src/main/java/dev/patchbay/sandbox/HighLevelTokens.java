package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's OAuth and rate limits: single-use refresh tokens, day-long access tokens, 100 requests in 10 seconds and
 * 200,000 a day. */
final class HighLevelTokens {

    private static final Duration LIFE = Duration.ofHours(24);
    private static final String SCOPE =
            "contacts.readonly contacts.write calendars/events.readonly calendars/events.write";
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Books books;
    private final Clock clock;
    private final HighLevelConsent consent;
    private final Map<String, Spent> spent = new HashMap<>();

    HighLevelTokens(Books books, Clock clock) {
        this.consent = new HighLevelConsent(books, clock);
        this.books = books;
        this.clock = clock;
    }

    HighLevelConsent consent() {
        return consent;
    }

    /** Sets up an app and its locations. What was spent stays spent. */
    void putAccount(ObjectNode account) {
        String clientId = Json.text(account, "clientId");
        books.put(
                Shelf.HIGHLEVEL_CLIENTS,
                clientId,
                Json.object()
                        .put("clientId", clientId)
                        .put("clientSecret", Json.text(account, "clientSecret"))
                        .put("webhookUrl", Json.text(account, "webhookUrl"))
                        .put("webhookPrivateKey", Json.text(account, "webhookPrivateKey"))
                        .set("redirectUris", account.path("redirectUris")));
        for (var wanted : account.path("locations")) {
            ObjectNode location = ((ObjectNode) wanted).deepCopy();
            String id = Json.text(location, "id");
            ObjectNode grant = Json.object()
                    .put("locationId", id)
                    .put("clientId", clientId)
                    .put("used", false);
            Json.find(location, "refreshToken")
                    .ifPresent(token -> books.putIfAbsent(Shelf.HIGHLEVEL_GRANTS, token, grant));
            Json.find(location, "code").ifPresent(code -> books.putIfAbsent(Shelf.HIGHLEVEL_GRANTS, code, grant));
            Json.find(location, "accessToken")
                    .ifPresent(token -> books.putIfAbsent(Shelf.HIGHLEVEL_TOKENS, token, access(id)));
            location.put("clientId", clientId).remove(List.of("refreshToken", "accessToken", "code"));
            books.put(Shelf.HIGHLEVEL_LOCATIONS, id, location);
        }
    }

    private ObjectNode access(String locationId) {
        return Json.object()
                .put("locationId", locationId)
                .put("expiresAt", clock.instant().plus(LIFE).toString());
    }

    /** {@code POST /oauth/token}: a code or a refresh token, each good once, becomes a pair of tokens. */
    Answer exchange(Request request) {
        ObjectNode body = request.fields();
        String clientId = Json.text(body, "client_id");
        boolean known = books.find(Shelf.HIGHLEVEL_CLIENTS, clientId)
                .filter(client -> Json.text(client, "clientSecret").equals(Json.text(body, "client_secret")))
                .isPresent();
        if (!known) {
            throw refusal(401, "UnAuthorized!", "Invalid client credentials!");
        }
        String member = switch (Json.text(body, "grant_type")) {
            case "refresh_token" -> "refresh_token";
            case "authorization_code" -> "code";
            default -> throw refusal(400, "unsupported_grant_type", "Unsupported grant type: `grant_type` is invalid");
        };
        String key = Json.text(body, member);
        ObjectNode grant = books.find(Shelf.HIGHLEVEL_GRANTS, key)
                .filter(found -> Json.text(found, "clientId").equals(clientId))
                .filter(found -> !found.path("used").asBoolean())
                .filter(found -> consent.fits(found, body))
                .orElseThrow(() -> refusal(400, "invalid_grant", "Invalid grant: " + member + " is invalid"));
        books.put(Shelf.HIGHLEVEL_GRANTS, key, grant.deepCopy().put("used", true));
        String refresh = Ids.alphanumeric(40);
        books.put(Shelf.HIGHLEVEL_GRANTS, refresh, grant.without(List.of("redirectUri", "until")));
        String locationId = Json.text(grant, "locationId");
        String access = Ids.alphanumeric(40);
        books.put(Shelf.HIGHLEVEL_TOKENS, access, access(locationId));
        return Answer.ok(Json.object()
                .put("access_token", access)
                .put("token_type", "Bearer")
                .put("expires_in", LIFE.toSeconds() - 1)
                .put("refresh_token", refresh)
                .put("scope", Json.find(grant, "scope").orElse(SCOPE))
                .put("userType", "Location")
                .put("companyId", "company-sandbox")
                .put("locationId", locationId)
                .put("userId", "user-sandbox"));
    }

    /** The location that the bearer token speaks for; nothing when the token is unknown or has run out. */
    Optional<ObjectNode> location(Request request) {
        return books.find(Shelf.HIGHLEVEL_TOKENS, request.bearer())
                .filter(token -> Instant.parse(Json.text(token, "expiresAt")).isAfter(clock.instant()))
                .flatMap(token -> books.find(Shelf.HIGHLEVEL_LOCATIONS, Json.text(token, "locationId")));
    }

    /** Counts a request of the location, unless it is one too many. */
    Budget spend(ObjectNode location) {
        int most = location.path("rateLimit").asInt(100);
        int mostToday = location.path("rateLimitDay").asInt(200_000);
        Spent spent = this.spent.computeIfAbsent(Json.text(location, "id"), id -> new Spent());
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        spent.turnTo(now.minus(INTERVAL), today);
        boolean tooMany = spent.recent.size() >= most || spent.todays >= mostToday;
        if (!tooMany) {
            spent.recent.addLast(now);
            spent.todays++;
        }
        Duration pause = spent.todays < mostToday
                ? INTERVAL
                : Duration.between(now, today.plusDays(1).atStartOfDay(ZoneOffset.UTC));
        return new Budget(most, most - spent.recent.size(), mostToday, mostToday - spent.todays, tooMany, pause);
    }

    /** What a location has used of its limits. */
    private static final class Spent {
        private final Deque<Instant> recent = new ArrayDeque<>();
        private LocalDate day = LocalDate.EPOCH;
        private int todays;

        void turnTo(Instant horizon, LocalDate today) {
            while (!recent.isEmpty() && !recent.getFirst().isAfter(horizon)) {
                recent.removeFirst();
            }
            if (!day.equals(today)) {
                day = today;
                todays = 0;
            }
        }
    }

    /**
     * What is left after a request.
     *
     * @param tooMany this request was not counted, for nothing was left
     * @param pause how long a caller that is refused is told to wait
     */
    record Budget(int most, int left, int mostToday, int leftToday, boolean tooMany, Duration pause) {

        Map<String, String> headers() {
            return Map.of(
                    "X-RateLimit-Max", Integer.toString(most),
                    "X-RateLimit-Remaining", Integer.toString(left),
                    "X-RateLimit-Interval-Milliseconds", Long.toString(INTERVAL.toMillis()),
                    "X-RateLimit-Limit-Daily", Integer.toString(mostToday),
                    "X-RateLimit-Daily-Remaining", Integer.toString(leftToday));
        }
    }

    static Refusal refusal(int status, String error, String description) {
        return new Refusal(
                Answer.json(status, Json.object().put("error", error).put("error_description", description)));
    }
}
