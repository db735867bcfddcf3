package dev.patchbay.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** No phone number, spoken or written, is longer. A longer text is not searched. */
    private static final int MAX_LENGTH = 250;

    /** No phone number in digits is longer. A longer text is not cached, so that no sender can fill the memory with such texts. */
    private static final int MAX_CACHED_LENGTH = 40;

    /**
     * The numbers that carriers send for a hidden one. Each is a word typed on a telephone's keys (Twilio, "Anonymous caller
     * IDs").
     */
    private static final Set<String> WORDS_ON_KEYS = Stream.of(
                    "anonymous", "restricted", "blocked", "unknown", "unavailable", "private")
            .map(PhoneNumber::onKeys)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * The North American plan begins area codes and exchange codes with 2 to 9. For other plans libphonenumber's lengths are
     * enough.
     */
    private static final Pattern NORTH_AMERICAN = Pattern.compile("[2-9]\\d{2}[2-9]\\d{6}");

    private static final int NORTH_AMERICA = 1;

    private static final Pattern SIP_ADDRESS = Pattern.compile("^sips?:([^@;]*)[@;].*");

    private final String e164;

    private PhoneNumber(String e164) {
        this.e164 = e164;
    }

    private static String onKeys(String word) {
        return "+" + PhoneNumberUtil.convertAlphaCharactersInNumber(word);
    }

    /**
     * Parses a number in international format. The result is empty when it has no country code, when no telephone can have it,
     * or when it is a carrier's word for a hidden number, such as {@code +266696687}.
     */
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
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String digits = SpokenDigits.replace(SIP_ADDRESS.matcher(written).replaceFirst("$1"));
            var number = PLANS.parse(digits, region);
            return Optional.of(region == null ? number : withoutPlus(digits, region, number))
                    .filter(PhoneNumber::isPossible)
                    .map(it -> PLANS.format(it, PhoneNumberUtil.PhoneNumberFormat.E164))
                    .filter(e164 -> !WORDS_ON_KEYS.contains(e164))
                    .map(PhoneNumber::new);
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    /** Returns the number that is meant when its country code has no plus before it; otherwise the number as it was parsed. */
    private static Phonenumber.PhoneNumber withoutPlus(String digits, String region, Phonenumber.PhoneNumber parsed) {
        String bare = PhoneNumberUtil.normalizeDigitsOnly(digits);
        if (digits.contains("+") || bare.startsWith("0")) {
            return parsed;
        }
        try {
            var international = PLANS.parse("+" + bare, null);
            boolean ofRegion = international.getCountryCode() == PLANS.getCountryCodeForRegion(region);
            boolean isMeant = ofRegion || (isPossible(parsed) && !PLANS.isValidNumber(parsed));
            return isMeant && PLANS.isValidNumber(international) ? international : parsed;
        } catch (NumberParseException noCountry) {
            return parsed;
        }
    }

    private static boolean isPossible(Phonenumber.PhoneNumber number) {
        return PLANS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                && (number.getCountryCode() != NORTH_AMERICA
                        || NORTH_AMERICAN
                                .matcher(Long.toString(number.getNationalNumber()))
                                .matches());
    }

    /**
     * Returns whether the country's numbering plan uses such numbers, as far as libphonenumber knows. This is stricter than
     * reading, which accepts every possible number, because plans grow.
     */
    public boolean isAssigned() {
        try {
            return PLANS.isValidNumber(PLANS.parse(e164, null));
        } catch (NumberParseException neverForE164) {
            return false;
        }
    }

    /** Returns the number in E.164 form, for example {@code +14155550123}. */
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
