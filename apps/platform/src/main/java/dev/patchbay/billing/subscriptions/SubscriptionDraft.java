package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.PlanId;
import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A subscription that is to be created.
 *
 * @param anchorDay null for the day of the plan, or else of the start
 */
public record SubscriptionDraft(
        ClientId client,
        PlanId plan,
        int version,
        LocalDate startsOn,
        @Nullable Integer anchorDay,
        BigDecimal taxPercent) {

    private static final int MAX_DAY = 31;
    private static final int MAX_VERSION = 500;
    private static final int MAX_PERCENT = 100;
    private static final int MAX_PERCENT_DIGITS = 4;
    private static final int MAX_YEARS_BACK = 1;
    private static final int MAX_YEARS_AHEAD = 10;

    /**
     * Reads a subscription.
     *
     * @throws Problem {@code 422.plan_invalid} with a pointer and a sentence for everything that makes no sense
     */
    public static SubscriptionDraft read(JsonNode body, LocalDate today) {
        return JsonInput.read(body, input -> {
            ClientId client = input.requireParsed(
                    "clientId", ClientId::new, "This is the id of a client.", new ClientId("cli_none"));
            PlanId plan =
                    input.requireParsed("planId", PlanId::new, "This is the id of a plan.", new PlanId("pln_none"));
            Optional<Integer> version = input.wholeNumber("version", 1, MAX_VERSION);
            if (version.isEmpty() && !input.has("version")) {
                input.reject("version", "This member is required.");
            }
            return new SubscriptionDraft(
                    client,
                    plan,
                    version.orElse(1),
                    readStart(input, today),
                    input.wholeNumber("anchorDay", 1, MAX_DAY).orElse(null),
                    readTax(input));
        });
    }

    /**
     * Reads the day on which a subscription ends.
     *
     * @throws Problem {@code 422.plan_invalid} when it is missing or no date
     */
    public static LocalDate readEnd(JsonNode body) {
        return JsonInput.read(body, input -> readDate(input, "endsOn", LocalDate.EPOCH));
    }

    private static LocalDate readStart(JsonInput input, LocalDate today) {
        LocalDate startsOn = readDate(input, "startsOn", today);
        if (startsOn.isBefore(today.minusYears(MAX_YEARS_BACK)) || startsOn.isAfter(today.plusYears(MAX_YEARS_AHEAD))) {
            input.reject(
                    "startsOn",
                    "A subscription begins at most " + MAX_YEARS_BACK + " year ago, and at most " + MAX_YEARS_AHEAD
                            + " years ahead.");
            return today;
        }
        return startsOn;
    }

    private static LocalDate readDate(JsonInput input, String member, LocalDate placeholder) {
        return input.requireParsed(member, LocalDate::parse, "This is a date, such as 2027-01-31.", placeholder);
    }

    private static BigDecimal readTax(JsonInput input) {
        BigDecimal tax = input.amount("taxPercent").orElse(BigDecimal.ZERO);
        if (tax.compareTo(BigDecimal.valueOf(MAX_PERCENT)) > 0
                || tax.stripTrailingZeros().scale() > MAX_PERCENT_DIGITS) {
            input.reject(
                    "taxPercent",
                    "This is a percentage from 0 to " + MAX_PERCENT + " with at most " + MAX_PERCENT_DIGITS
                            + " digits after the point.");
            return BigDecimal.ZERO;
        }
        return tax.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(tax.stripTrailingZeros().toPlainString());
    }
}
