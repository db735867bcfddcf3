package dev.patchbay.ingress.ingestion;

import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.kernel.WellFormedText;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Keeps a fact within what every table and index can hold, and what can be read again. One row that does not fit would delay
 * the others of its batch.
 */
final class StorageLimits {

    /** The form of providers' ids, within the size of a unique key. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private static final int MAX_NAME_LENGTH = 256;

    /** On each side of the decimal point: eight bytes such as 1e100000 can name a number of a hundred thousand digits. */
    private static final int MAX_DIGITS = 100;

    private StorageLimits() {}

    /**
     * Removes a person and routes that no index could hold: a fact can be stored without them.
     *
     * @throws Unreadable when its subject, its key or a number in it cannot be stored
     */
    static Normalised apply(Normalised fact) {
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
                fact.person().map(WellFormedText::of).filter(person -> person.length() <= MAX_NAME_LENGTH),
                fact.data(),
                fact.correlation());
    }

    private static void requireId(String name, String value) {
        if (!ID.matcher(value).matches()) {
            throw new Unreadable("", "The " + name + " is not an id of 1 to 256 printable characters.");
        }
    }

    private static void requireNumbers(String pointer, JsonNode node) {
        if (node.isNumber() && !isShort(node.decimalValue())) {
            throw new Unreadable(pointer, "A number here has more than " + MAX_DIGITS + " digits.");
        }
        node.properties().forEach(member -> requireNumbers(pointer + "/" + member.getKey(), member.getValue()));
        if (node.isArray()) {
            node.forEach(item -> requireNumbers(pointer, item));
        }
    }

    private static boolean isShort(BigDecimal number) {
        return number.precision() <= MAX_DIGITS
                && number.scale() <= MAX_DIGITS
                && number.precision() - number.scale() <= MAX_DIGITS;
    }
}
