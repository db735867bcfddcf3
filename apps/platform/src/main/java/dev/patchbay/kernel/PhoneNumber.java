package dev.patchbay.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A telephone number in E.164 form ({@code +14155550123}) that its country's numbering plan allows (libphonenumber). */
public final class PhoneNumber {

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    /**
     * Recently parsed texts. Parsing applies a dozen patterns, and some numbers repeat often: those of the businesses, and a
     * caller's in every event about one call.
     */
    private static final Cache<String, Optional<PhoneNumber>> PARSED =
            Caffeine.newBuilder().maximumSize(4_096).build();

    /** No phone number is longer. A longer text is not cached, so that no sender can fill the memory with it. */
    private static final int MAX_CACHED_LENGTH = 40;

    private final String e164;

    private PhoneNumber(String e164) {
        this.e164 = e164;
    }

    /** Parses a number in international format; empty when it has no country code or is not possible. */
    public static Optional<PhoneNumber> read(String written) {
        return written.length() <= MAX_CACHED_LENGTH
                ? PARSED.get(written, text -> parse(text, null))
                : parse(written, null);
    }

    /**
     * Parses a number in the national format of a country, or in international format.
     *
     * @param region ISO 3166 code of the country, for example {@code US}
     */
    public static Optional<PhoneNumber> read(String written, String region) {
        return parse(written, region);
    }

    private static Optional<PhoneNumber> parse(String written, @Nullable String region) {
        try {
            var number = PLANS.parse(written, region);
            return PLANS.isPossibleNumber(number)
                    ? Optional.of(new PhoneNumber(PLANS.format(number, PhoneNumberUtil.PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    public String e164() {
        return e164;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PhoneNumber number && number.e164.equals(e164);
    }

    @Override
    public int hashCode() {
        return e164.hashCode();
    }

    @Override
    public String toString() {
        return e164;
    }
}
