package dev.patchbay.kernel;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A telephone number in E.164 form ({@code +14155550123}), possible by its country's numbering plan (libphonenumber). */
public final class PhoneNumber {

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private final String e164;

    private PhoneNumber(String e164) {
        this.e164 = e164;
    }

    /** Reads what a person or a vendor wrote; empty when it has no country code or is not possible. */
    public static Optional<PhoneNumber> read(String written) {
        try {
            var number = PLANS.parse(written, null);
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
