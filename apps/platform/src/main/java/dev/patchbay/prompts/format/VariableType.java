package dev.patchbay.prompts.format;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.PhoneNumber;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The type of a variable's value. */
public enum VariableType {
    TEXT,
    LONGTEXT,
    INTEGER,
    NUMBER,
    BOOLEAN,
    CHOICE,
    LIST,
    PHONE,
    EMAIL,
    URL,
    ZONE,
    LANGUAGE;

    private static final Pattern E_MAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]{1,63}(\\.[^@\\s.]{1,63}){1,8}");

    /** As files spell it: {@code longtext}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<VariableType> find(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst();
    }

    /** Whether the JSON value is of this type; choices, bounds and patterns are the variable's. */
    boolean accepts(JsonNode value) {
        return switch (this) {
            case BOOLEAN -> value.isBoolean();
            case NUMBER -> value.isNumber();
            case INTEGER ->
                value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            case LIST -> value.isArray() && value.valueStream().allMatch(item -> isLine(item));
            case LONGTEXT -> value.isString();
            case TEXT, CHOICE -> isLine(value);
            case EMAIL -> isLine(value) && E_MAIL.matcher(value.asString()).matches();
            case PHONE -> isLine(value) && PhoneNumber.read(value.asString()).isPresent();
            case URL -> isLine(value) && isUrl(value.asString());
            case ZONE -> isLine(value) && isZone(value.asString());
            case LANGUAGE -> isLine(value) && isLanguage(value.asString());
        };
    }

    private static boolean isLine(JsonNode value) {
        return value.isString() && value.asString().indexOf('\n') < 0;
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static boolean isZone(String text) {
        try {
            return ZoneId.getAvailableZoneIds().contains(ZoneId.of(text).getId());
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    private static boolean isLanguage(String text) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(text)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException malformed) {
            return false;
        }
    }
}
