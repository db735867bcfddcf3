package dev.patchbay.billing.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a preview; decimals are texts, amounts have the currency's digits. */
public sealed interface PreviewResponse {

    /**
     * A charge for a quantity.
     *
     * @param exact before rounding, a decimal or a fraction
     * @param amount the exact amount, rounded once
     * @param trueUp what the minimum adds; absent where it adds nothing
     * @param capReduction what the maximum takes off; absent where it takes nothing
     * @param tiers those that anything fell into; absent for models without tiers
     */
    record ChargePrice(
            String exact,
            String amount,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String trueUp,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String capReduction,

            String total,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TierPrice> tiers)
            implements PreviewResponse {}

    /** A tier's part; the amount is exact. */
    record TierPrice(int tier, String units, String amount) {}

    /** An amount for a part of a period, which the fraction states without reducing it. */
    record ProratedAmount(String numerator, String denominator, String amount) implements PreviewResponse {}

    /** @param taxes of each line, or of each rate */
    record InvoiceAmounts(
            String subtotal,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> discounts,

            String net,
            List<String> taxes,
            String tax,
            String total,
            String due)
            implements PreviewResponse {}

    record BillableSeconds(List<String> billable, String sum) implements PreviewResponse {}

    record ProviderSeconds(String billedSeconds) implements PreviewResponse {}

    /**
     * The first periods of a cycle.
     *
     * @param instants the first moment of each start
     * @param hours the length of each period but the last
     */
    record CycleStarts(List<LocalDate> starts, List<Instant> instants, List<String> hours) implements PreviewResponse {}

    record AllocatedParts(List<String> parts) implements PreviewResponse {}

    /** A charge as billed, as known now, and the difference. */
    record RatedAgain(String billed, String now, String adjustment) implements PreviewResponse {}

    record ExactSum(String sum) implements PreviewResponse {}
}
