package dev.patchbay.usage.reconciliation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The reason of a difference between a provider's invoice and our records; the first one that fits, in this order. */
public enum DifferenceClass {
    /** The call began outside of the invoice's period. */
    OTHER_PERIOD,
    /** The provider lists the same line more than once. */
    DUPLICATE,
    /** We have no such call. */
    UNKNOWN_CALL,
    /** The provider does not list the call. */
    ONLY_OURS,
    /** We have never recorded such a product. */
    UNKNOWN_PRODUCT,
    /** One side has the minimum of 10 s for a shorter call; not of a product that is charged for seconds beyond the call. */
    MINIMUM,
    TOKEN_SURCHARGE,
    /** The leg after a transfer. */
    TRANSFER_LEG,
    OTHER_QUANTITY,
    OTHER_PRICE,
    /** Lines without a call. */
    NUMBERS,
    CONCURRENCY,
    CREDITS,
    TAX,
    FEES;

    private static final Pattern WORDS = Pattern.compile("[^a-z]+");

    private static final Map<String, DifferenceClass> CHARGES = Map.of(
            "number", NUMBERS,
            "numbers", NUMBERS,
            "concurrency", CONCURRENCY,
            "credit", CREDITS,
            "credits", CREDITS,
            "tax", TAX,
            "taxes", TAX,
            "vat", TAX);

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DifferenceClass ofWireName(String name) {
        return find(name).orElseThrow();
    }

    static Optional<DifferenceClass> find(String name) {
        return Arrays.stream(values()).filter(it -> it.wireName().equals(name)).findFirst();
    }

    /** The class of a line without a call, by the words of its product. */
    static DifferenceClass ofCharge(String product) {
        return WORDS.splitAsStream(product.toLowerCase(Locale.ROOT))
                .flatMap(word -> Optional.ofNullable(CHARGES.get(word)).stream())
                .min(Comparator.naturalOrder())
                .orElse(FEES);
    }
}
