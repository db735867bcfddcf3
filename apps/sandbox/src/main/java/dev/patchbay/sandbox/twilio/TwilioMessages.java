package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Twilio's text messages: create, get and list. {@link TwilioStatusUpdates} advances their status. */
public final class TwilioMessages {

    /** The longest body ("Message resource"). */
    private static final int MAX_CHARACTERS = 1_600;

    /** Files in one MMS. */
    private static final int MAX_MEDIA = 10;

    private final Store store;
    private final Clock clock;
    private final TwilioAccounts accounts;
    private final TwilioStatusUpdates statusUpdates;
    private final TwilioPrices prices;

    public TwilioMessages(
            Store store, Clock clock, TwilioAccounts accounts, TwilioStatusUpdates statusUpdates, TwilioPrices prices) {
        this.store = store;
        this.clock = clock;
        this.accounts = accounts;
        this.statusUpdates = statusUpdates;
        this.prices = prices;
    }

    Response create(Request request) {
        ObjectNode account = accounts.authenticate(request);
        ObjectNode form = request.jsonOrForm();
        String to = Json.text(form, "To");
        String from = Json.text(form, "From");
        require(!to.isEmpty(), 21604, "A 'To' phone number is required.");
        require(TwilioNumbers.isPossible(to), 21211, "Invalid 'To' Phone Number: " + to);
        require(!Json.text(form, "Body").isEmpty() || !media(request).isEmpty(), 21602, "Message body is required.");
        require(
                Json.text(form, "Body")
                                .codePointCount(0, Json.text(form, "Body").length())
                        <= MAX_CHARACTERS,
                21617,
                "The concatenated message body exceeds the 1600 character limit");
        require(media(request).size() <= MAX_MEDIA, 21623, "Number of media files exceeds allowed limit");
        require(media(request).stream().allMatch(url -> url.matches("https?://\\S+")), 21620, "Invalid media URL(s)");
        require(!from.isEmpty(), 21603, "A 'From' phone number is required.");
        require(!from.equals(to), 21266, "'To' and 'From' number cannot be the same: " + to);
        require(
                TwilioAccounts.hasNumber(account, from),
                21606,
                "The 'From' phone number provided (" + from + ") is not a valid message-capable Twilio phone number"
                        + " for this destination.");
        require(
                store.find(Table.TWILIO_OPT_OUTS, to + " " + from).isEmpty(),
                21610,
                "Attempt to send to unsubscribed recipient");
        ObjectNode message = newMessage(Json.text(account, "accountSid"), form, "outbound-api", "queued");
        List<String> media = media(request);
        message.put("num_media", Integer.toString(media.size()));
        message.set("media_urls", Json.MAPPER.valueToTree(media));
        String sid = Json.text(message, "sid");
        Json.find(form, "StatusCallback")
                .ifPresent(url ->
                        store.put(Table.TWILIO_CALLBACKS, sid, Json.object().put("url", url)));
        store.put(Table.TWILIO_MESSAGES, sid, message);
        statusUpdates.start(sid);
        return Response.json(201, message);
    }

    /** The addresses of the files of an MMS: {@code MediaUrl} may be sent several times. */
    private static List<String> media(Request request) {
        return request.formValues("MediaUrl");
    }

    private static void require(boolean valid, int code, String message) {
        if (!valid) {
            throw TwilioErrors.error(400, code, message);
        }
    }

    /** Builds a message record without storing it. */
    ObjectNode newMessage(String accountSid, ObjectNode form, String direction, String status) {
        String sid = "SM" + Ids.hex(32);
        String path = "/2010-04-01/Accounts/" + accountSid + "/Messages/" + sid;
        String now = TwilioDates.format(clock.instant());
        ObjectNode message = Json.object()
                .put("account_sid", accountSid)
                .put("api_version", "2010-04-01")
                .put("body", Json.text(form, "Body"))
                .put("date_created", now)
                .putNull("date_sent")
                .put("date_updated", now)
                .put("direction", direction)
                .putNull("error_code")
                .putNull("error_message")
                .put("from", Json.text(form, "From"))
                .put("num_media", "0")
                .put("num_segments", Integer.toString(TwilioSegments.count(Json.text(form, "Body"))))
                .putNull("price")
                .put("price_unit", "USD")
                .putNull("messaging_service_sid")
                .put("sid", sid)
                .put("status", status)
                .put("to", Json.text(form, "To"))
                .put("uri", path + ".json");
        message.set("subresource_uris", Json.object().put("media", path + "/Media.json"));
        return message;
    }

    Response get(Request request) {
        ObjectNode account = accounts.authenticate(request);
        String accountSid = Json.text(account, "accountSid");
        return Response.ok(store.find(Table.TWILIO_MESSAGES, request.pathParameter("sid"))
                .filter(message -> Json.text(message, "account_sid").equals(accountSid))
                .map(message -> prices.withPrice(message, account))
                .orElseThrow(() ->
                        TwilioErrors.error(404, 20404, "The requested resource " + request.path() + " was not found")));
    }

    /** Lists messages, newest first. Pages are counted from 0. */
    Response list(Request request) {
        ObjectNode account = accounts.authenticate(request);
        String accountSid = Json.text(account, "accountSid");
        List<ObjectNode> matches = store.list(Table.TWILIO_MESSAGES).reversed().stream()
                .filter(message -> Json.text(message, "account_sid").equals(accountSid))
                .filter(message -> request.query("To")
                        .filter(to -> !to.equals(Json.text(message, "to")))
                        .isEmpty())
                .filter(message -> request.query("From")
                        .filter(from -> !from.equals(Json.text(message, "from")))
                        .isEmpty())
                .filter(dateFilter(request))
                .toList();
        int size = request.queryInt("PageSize", 50);
        int page = request.queryInt("Page", 0);
        int start = Math.min(matches.size(), page * size);
        int end = Math.min(matches.size(), start + size);
        ObjectNode body = Json.object()
                .put("page", page)
                .put("page_size", size)
                .put("start", start)
                .put("end", Math.max(start, end - 1))
                .put("uri", pageUri(accountSid, request, page))
                .put("first_page_uri", pageUri(accountSid, request, 0))
                .put("next_page_uri", end < matches.size() ? pageUri(accountSid, request, page + 1) : null)
                .put("previous_page_uri", page > 0 ? pageUri(accountSid, request, page - 1) : null);
        body.set(
                "messages",
                Json.array(matches.subList(start, end).stream()
                        .map(message -> prices.withPrice(message, account))
                        .toList()));
        return Response.ok(body);
    }

    Response listDailyUsage(Request request) {
        ObjectNode account = accounts.authenticate(request);
        List<ObjectNode> messages = store.list(Table.TWILIO_MESSAGES).stream()
                .filter(message -> Json.text(message, "account_sid").equals(Json.text(account, "accountSid")))
                .toList();
        return prices.listDailyUsage(messages, account);
    }

    /** {@code DateSent}, {@code DateSent<} and {@code DateSent>} compare days in GMT; the bounds are inclusive. */
    private static Predicate<ObjectNode> dateFilter(Request request) {
        Optional<LocalDate> exactly = request.query("DateSent").map(TwilioMessages::parseDay);
        Optional<LocalDate> latest = request.query("DateSent<").map(TwilioMessages::parseDay);
        Optional<LocalDate> earliest = request.query("DateSent>").map(TwilioMessages::parseDay);
        return message -> {
            // A queued message has no date_sent yet, so date_created stands in for it.
            String date = Json.find(message, "date_sent").orElse(Json.text(message, "date_created"));
            LocalDate day = TwilioDates.parseDay(date);
            return exactly.filter(bound -> !bound.equals(day)).isEmpty()
                    && latest.filter(day::isAfter).isEmpty()
                    && earliest.filter(day::isBefore).isEmpty();
        };
    }

    /** Parses the day of {@code 2026-11-30} or {@code 2026-11-30T12:00:00Z}. */
    private static LocalDate parseDay(String text) {
        return LocalDate.parse(text.substring(0, Math.min(10, text.length())));
    }

    private static String pageUri(String accountSid, Request request, int page) {
        List<String> pairs = new ArrayList<>();
        Stream.of("To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize")
                .forEach(name -> request.query(name).ifPresent(value -> pairs.add(encode(name) + "=" + encode(value))));
        pairs.add("Page=" + page);
        return "/2010-04-01/Accounts/" + accountSid + "/Messages.json?" + String.join("&", pairs);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
