package dev.patchbay.kernel;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A telephone number in E.164 form ({@code +14155550123}), possible by its country's numbering plan (libphonenumber). */
public final class PhoneNumber {

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    /**
     * What was read lately: reading costs a dozen patterns, and the same few numbers come again and again, those of the
     * businesses and those of the callers through all that is told of one call.
     */
    private static final Map<String, Optional<PhoneNumber>> RECENT = Collections.synchronizedMap(new Lately());

    private static final int LONGEST = 40;

    private final String e164;

    private PhoneNumber(String e164) {
        this.e164 = e164;
    }

    /** Reads what a person or a vendor wrote; empty when it has no country code or is not possible. */
    public static Optional<PhoneNumber> read(String written) {
        Optional<PhoneNumber> known = RECENT.get(written);
        if (known != null) {
            return known;
        }
        Optional<PhoneNumber> read = parse(written, null);
        // Nobody's number is longer, and strangers' texts take no room here.
        if (written.length() <= LONGEST) {
            RECENT.put(written, read);
        }
        return read;
    }

    /**
     * Reads what a person wrote as people of that country do.
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

    private static final class Lately extends LinkedHashMap<String, Optional<PhoneNumber>> {

        private static final int MOST = 4_096;

        Lately() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<PhoneNumber>> eldest) {
            return size() > MOST;
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
