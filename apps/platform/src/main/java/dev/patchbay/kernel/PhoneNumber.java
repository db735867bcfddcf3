package dev.patchbay.kernel;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Optional;

/** A telephone number in E.164 form ({@code +14155550123}), possible by its country's numbering plan (libphonenumber). */
public record PhoneNumber(String e164) {

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    /**
     * @throws IllegalArgumentException when the text is not a possible number in E.164 form
     */
    public PhoneNumber {
        if (!e164.startsWith("+") || !parse(e164).map(e164::equals).orElse(false)) {
            throw new IllegalArgumentException("not a telephone number in E.164 form");
        }
    }

    /** Reads what a person or a vendor wrote; empty when it has no country code or is not possible. */
    public static Optional<PhoneNumber> read(String written) {
        return parse(written).map(PhoneNumber::new);
    }

    private static Optional<String> parse(String written) {
        try {
            var number = PLANS.parse(written, null);
            return PLANS.isPossibleNumber(number)
                    ? Optional.of(PLANS.format(number, PhoneNumberUtil.PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return e164;
    }
}
