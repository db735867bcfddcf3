package dev.patchbay.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Twilio's Messages: created, fetched, listed. {@link TwilioStatus} carries them on to delivered. */
final class Twilio implements Vendor {

    static final String NAME = "twilio";

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final String NUMBERS = "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json";
    private static final String MESSAGES = "/2010-04-01/Accounts/{account}/Messages.json";
    private static final String MESSAGE = "/2010-04-01/Accounts/{account}/Messages/{sid}.json";

    private final Books books;
    private final Clock clock;
    private final TwilioStatus status;

    Twilio(Books books, Clock clock, TwilioStatus status) {
        this.books = books;
        this.clock = clock;
        this.status = status;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Shelf log() {
        return Shelf.TWILIO_LOG;
    }

    @Override
    public Answer problem(int status, String message) {
        int code = switch (status) {
            case 401 -> 20003;
            case 429 -> 20429;
            case 500 -> 20500;
            default -> 20404;
        };
        return error(status, code, message);
    }

    private static Answer error(int status, int code, String message) {
        return Answer.json(
                status,
                Json.object()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }

    void putAccount(ObjectNode account) {
        books.put(Shelf.TWILIO_ACCOUNTS, Json.text(account, "accountSid"), account);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("numbers.list", "GET", NUMBERS, this::numbers),
                Route.of("messages.create", "POST", MESSAGES, this::create),
                Route.of("messages.list", "GET", MESSAGES, this::list),
                Route.of("messages.get", "GET", MESSAGE, this::get));
    }

    private Answer numbers(Request request) {
        ObjectNode answer = Json.object();
        answer.set(
                "incoming_phone_numbers",
                Json.array(account(request)
                        .path("numbers")
                        .valueStream()
                        .limit(request.number("PageSize", 50))
                        .map(number -> Json.object()
                                .put("phone_number", number.asString())
                                .put("friendly_name", number.asString()))
                        .toList()));
        return Answer.ok(answer);
    }

    private Answer create(Request request) {
        ObjectNode account = account(request);
        ObjectNode form = request.fields();
        String to = Json.text(form, "To");
        String from = Json.text(form, "From");
        check(!to.isEmpty(), 21604, "A 'To' phone number is required.");
        check(E164.matcher(to).matches(), 21211, "Invalid 'To' Phone Number: " + to);
        check(!Json.text(form, "Body").isEmpty(), 21602, "Message body is required.");
        check(!from.isEmpty(), 21603, "A 'From' phone number is required.");
        check(
                account.path("numbers")
                        .valueStream()
                        .anyMatch(number -> number.asString().equals(from)),
                21606,
                "The 'From' phone number provided (" + from + ") is not a valid message-capable Twilio phone number"
                        + " for this destination.");
        check(
                books.find(Shelf.TWILIO_OPT_OUTS, to + " " + from).isEmpty(),
                21610,
                "Attempt to send to unsubscribed recipient");
        ObjectNode message = message(Json.text(account, "accountSid"), form, "outbound-api", "queued");
        Json.find(form, "StatusCallback")
                .ifPresent(url -> books.put(
                        Shelf.TWILIO_CALLBACKS,
                        Json.text(message, "sid"),
                        Json.object().put("url", url)));
        books.put(Shelf.TWILIO_MESSAGES, Json.text(message, "sid"), message);
        status.follow(Json.text(message, "sid"));
        return Answer.json(201, message);
    }

    private static void check(boolean right, int code, String message) {
        if (!right) {
            throw new Refusal(error(400, code, message));
        }
    }

    ObjectNode message(String accountSid, ObjectNode form, String direction, String state) {
        String sid = "SM" + Ids.hex(32);
        String path = "/2010-04-01/Accounts/" + accountSid + "/Messages/" + sid;
        ObjectNode message = Json.object()
                .put("account_sid", accountSid)
                .put("api_version", "2010-04-01")
                .put("body", Json.text(form, "Body"))
                .put("date_created", rfc2822(clock.instant()))
                .putNull("date_sent")
                .put("date_updated", rfc2822(clock.instant()))
                .put("direction", direction)
                .putNull("error_code")
                .putNull("error_message")
                .put("from", Json.text(form, "From"))
                .put("num_media", "0")
                .put("num_segments", "1")
                .putNull("price")
                .put("price_unit", "USD")
                .putNull("messaging_service_sid")
                .put("sid", sid)
                .put("status", state)
                .put("to", Json.text(form, "To"))
                .put("uri", path + ".json");
        message.set("subresource_uris", Json.object().put("media", path + "/Media.json"));
        return message;
    }

    private Answer get(Request request) {
        String account = Json.text(account(request), "accountSid");
        return Answer.ok(books.find(Shelf.TWILIO_MESSAGES, request.param("sid"))
                .filter(message -> Json.text(message, "account_sid").equals(account))
                .orElseThrow(() ->
                        new Refusal(error(404, 20404, "The requested resource " + request.path() + " was not found"))));
    }

    private Answer list(Request request) {
        String account = Json.text(account(request), "accountSid");
        List<ObjectNode> found = books.all(Shelf.TWILIO_MESSAGES).reversed().stream()
                .filter(message -> Json.text(message, "account_sid").equals(account))
                .filter(message -> request.query("To")
                        .filter(to -> !to.equals(Json.text(message, "to")))
                        .isEmpty())
                .filter(message -> request.query("From")
                        .filter(from -> !from.equals(Json.text(message, "from")))
                        .isEmpty())
                .filter(sent(request))
                .toList();
        int size = request.number("PageSize", 50);
        int page = request.number("Page", 0);
        int start = Math.min(found.size(), page * size);
        int end = Math.min(found.size(), start + size);
        ObjectNode answer = Json.object()
                .put("page", page)
                .put("page_size", size)
                .put("start", start)
                .put("end", Math.max(start, end - 1))
                .put("uri", uri(account, request, page))
                .put("first_page_uri", uri(account, request, 0))
                .put("next_page_uri", end < found.size() ? uri(account, request, page + 1) : null)
                .put("previous_page_uri", page > 0 ? uri(account, request, page - 1) : null);
        answer.set("messages", Json.array(found.subList(start, end)));
        return Answer.ok(answer);
    }

    /** {@code DateSent}, {@code DateSent<} and {@code DateSent>} compare days in GMT, each including its day. */
    private static Predicate<ObjectNode> sent(Request request) {
        Optional<LocalDate> on = request.query("DateSent").map(Twilio::day);
        Optional<LocalDate> until = request.query("DateSent<").map(Twilio::day);
        Optional<LocalDate> since = request.query("DateSent>").map(Twilio::day);
        return message -> {
            // A message that still waits has no day of sending; the day it was created stands in for it.
            String date = Json.find(message, "date_sent").orElse(Json.text(message, "date_created"));
            LocalDate day = LocalDate.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return on.filter(wanted -> !wanted.equals(day)).isEmpty()
                    && until.filter(day::isAfter).isEmpty()
                    && since.filter(day::isBefore).isEmpty();
        };
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text.substring(0, Math.min(10, text.length())));
    }

    private static String uri(String account, Request request, int page) {
        List<String> pairs = new ArrayList<>();
        Stream.of("To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize")
                .forEach(name -> request.query(name).ifPresent(value -> pairs.add(encode(name) + "=" + encode(value))));
        pairs.add("Page=" + page);
        return "/2010-04-01/Accounts/" + account + "/Messages.json?" + String.join("&", pairs);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String rfc2822(Instant instant) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
                .format(instant.atOffset(ZoneOffset.UTC));
    }

    private ObjectNode account(Request request) {
        return books.find(Shelf.TWILIO_ACCOUNTS, request.param("account"))
                .filter(account -> request.header("Authorization").equals(basic(account)))
                .orElseThrow(() -> new Refusal(problem(401, "Authenticate")));
    }

    private static String basic(ObjectNode account) {
        String pair = Json.text(account, "accountSid") + ":" + Json.text(account, "authToken");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
