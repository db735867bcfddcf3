package dev.patchbay.ingress.internal;

import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A fact within what every table and index holds, however odd the vendor's record is: one row that fits nowhere must not
 * keep those waiting that came with it, and what is stored must be readable again.
 */
final class StorageLimits {

    /** What a unique key can hold, and what a vendor's id looks like. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private static final int LONGEST_NAME = 256;

    /** Before and behind the point: eight bytes can name a number of a hundred thousand digits. */
    private static final int MOST_DIGITS = 100;

    private StorageLimits() {}

    /**
     * The same fact without a person or a route that no index could hold: by them it would be found, but it is none
     * without them.
     *
     * @throws Unreadable when its subject, its key or a number in it cannot be kept
     */
    static Normalised of(Normalised fact) {
        requireId("subject", fact.subject());
        requireId("deduplication key", fact.deduplicationKey());
        requireNumbers("/data", fact.data());
        return new Normalised(
                fact.type(),
                fact.deduplicationKey(),
                fact.subject(),
                fact.time(),
                fact.routes().stream()
                        .filter(route -> ID.matcher(route.id()).matches())
                        .toList(),
                fact.person().filter(name -> name.length() <= LONGEST_NAME),
                fact.data());
    }

    private static void requireId(String what, String value) {
        if (!ID.matcher(value).matches()) {
            throw new Unreadable("", "The " + what + " is not an id of 1 to 256 printable characters.");
        }
    }

    private static void requireNumbers(String pointer, JsonNode node) {
        if (node.isNumber() && !isShort(node.decimalValue())) {
            throw new Unreadable(pointer, "A number here has more than " + MOST_DIGITS + " digits.");
        }
        node.properties().forEach(member -> requireNumbers(pointer + "/" + member.getKey(), member.getValue()));
        if (node.isArray()) {
            node.forEach(item -> requireNumbers(pointer, item));
        }
    }

    private static boolean isShort(BigDecimal number) {
        return number.precision() <= MOST_DIGITS
                && number.scale() <= MOST_DIGITS
                && number.precision() - number.scale() <= MOST_DIGITS;
    }
}
