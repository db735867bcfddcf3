package dev.patchbay.integrations.retell;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Money;
import dev.patchbay.usage.spi.ProviderInvoiceReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Reads Retell's invoice of a month (UTC, in cents): JSON {@code {month, currency, lines: [{call_id, start_timestamp, product,
 * is_transfer_leg_cost, seconds, cents}], total}}, or CSV with the columns call_id, start_timestamp, product, leg, seconds and
 * cents, whose rows {@code subtotal} and {@code total} end the list. Lines are read as a stream: a month has hundreds of thousands.
 */
@Component
class RetellInvoiceReader implements ProviderInvoiceReader {

    private static final int MAX_LINES = 1_000_000;
    private static final String CSV_HEADER = "call_id,start_timestamp,product,leg,seconds,cents";
    private static final int CSV_COLUMNS = 6;
    /** Reads one value of many. */
    private static final ObjectReader ELEMENTS =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Currency USD = Currency.getInstance("USD");

    @Override
    public String provider() {
        return "retell";
    }

    @Override
    public ProviderInvoice read(InputStream body, Format format, @Nullable YearMonth month) throws IOException {
        return format == Format.CSV ? readCsv(body, month) : readJson(body, month);
    }

    private static ProviderInvoice readJson(InputStream body, @Nullable YearMonth month) throws IOException {
        List<InvoiceLine> lines = new ArrayList<>();
        Map<String, JsonNode> members = new HashMap<>();
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "The body is no JSON object.");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("lines")) {
                    require(value == JsonToken.START_ARRAY, "The member lines is no list.");
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        lines.add(jsonLine(ELEMENTS.readTree(parser), lines.size()));
                    }
                } else {
                    members.put(name, ELEMENTS.readTree(parser));
                }
            }
        } catch (JacksonException malformed) {
            throw new Unreadable("The body is no JSON: " + malformed.getOriginalMessage());
        }
        JsonNode total = Optional.ofNullable(members.get("total"))
                .filter(JsonNode::isNumber)
                .orElseThrow(() -> new Unreadable("The member total is no number of cents."));
        return new ProviderInvoice(
                monthOf(Optional.ofNullable(members.get("month")).map(JsonNode::asString), month),
                ZoneOffset.UTC,
                currency(members.get("currency")),
                total.decimalValue().movePointLeft(2),
                lines);
    }

    private static InvoiceLine jsonLine(JsonNode line, int number) {
        JsonNode seconds = line.path("seconds");
        JsonNode cents = line.path("cents");
        String product = line.path("product").asString("");
        require(
                !product.isEmpty() && seconds.isNumber() && cents.isNumber(),
                "Line " + (number + 1) + " has no product, seconds or cents.");
        require(number < MAX_LINES, "The invoice has more than " + MAX_LINES + " lines.");
        String callId = line.path("call_id").asString("");
        return new InvoiceLine(
                callId,
                product,
                line.path("is_transfer_leg_cost").asBoolean(false) ? 1 : 0,
                seconds.decimalValue(),
                cents.decimalValue().movePointLeft(2),
                callId.isEmpty() ? null : began(line.path("start_timestamp").asString(""), number));
    }

    private static Currency currency(@Nullable JsonNode currency) {
        String code = currency == null ? "" : currency.asString("").toUpperCase(Locale.ROOT);
        return Money.findCurrency(code)
                .filter(USD::equals)
                .orElseThrow(() -> new Unreadable("The member currency is not usd, in which Retell invoices."));
    }

    private static ProviderInvoice readCsv(InputStream body, @Nullable YearMonth month) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        require(CSV_HEADER.equals(reader.readLine()), "The first row is not " + CSV_HEADER + ".");
        List<InvoiceLine> lines = new ArrayList<>();
        Optional<BigDecimal> total = Optional.empty();
        for (String row = reader.readLine(); row != null; row = reader.readLine()) {
            String[] cells = row.split(",", -1);
            int number = lines.size();
            require(number < MAX_LINES, "The invoice has more than " + MAX_LINES + " lines.");
            if (cells.length == CSV_COLUMNS) {
                if (cells[2].equals("total")) {
                    total = Optional.of(number(cells[5], number));
                } else if (!cells[2].equals("subtotal")) {
                    lines.add(csvLine(cells, number));
                }
            } else {
                require(row.isBlank(), "Row " + (number + 2) + " has not " + CSV_COLUMNS + " columns.");
            }
        }
        return new ProviderInvoice(
                monthOf(Optional.empty(), month),
                ZoneOffset.UTC,
                USD,
                total.orElseThrow(() -> new Unreadable("The row total is missing."))
                        .movePointLeft(2),
                lines);
    }

    private static InvoiceLine csvLine(String[] cells, int number) {
        require(!cells[2].isEmpty(), "Row " + (number + 2) + " has no product.");
        return new InvoiceLine(
                cells[0],
                cells[2],
                number(cells[3], number).intValueExact(),
                number(cells[4], number),
                number(cells[5], number).movePointLeft(2),
                cells[0].isEmpty() ? null : began(cells[1], number));
    }

    private static BigDecimal number(String text, int number) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException malformed) {
            throw new Unreadable("Row " + (number + 2) + " has a number that cannot be read.");
        }
    }

    private static Instant began(String millis, int number) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException malformed) {
            throw new Unreadable("The call of line " + (number + 1) + " has no start_timestamp in milliseconds.");
        }
    }

    private static YearMonth monthOf(Optional<String> stated, @Nullable YearMonth expected) {
        try {
            YearMonth month = stated.map(YearMonth::parse)
                    .or(() -> Optional.ofNullable(expected))
                    .orElseThrow(() -> new Unreadable("Give the parameter month: the document does not name it."));
            require(
                    expected == null || expected.equals(month),
                    "The invoice is of " + month + ", not of " + expected + ".");
            return month;
        } catch (DateTimeException malformed) {
            throw new Unreadable("The member month is not a year and a month, like 2026-10.");
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new Unreadable(sentence);
        }
    }
}
