package dev.patchbay.billing.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a preview. Decimals are texts, and amounts have as many digits as the currency. */
public sealed interface PreviewResponse {

    /**
     * The price of a quantity.
     *
     * @param exact the amount before rounding, as a decimal or a fraction
     * @param amount the exact amount, rounded once
     * @param trueUp the amount that the minimum adds; absent when it adds nothing
     * @param capReduction the amount that the maximum takes off; absent when it takes nothing
     * @param tiers the tiers that units fell into; absent for models without tiers
     */
    record ChargePrice(
            String exact,
            String amount,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String trueUp,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String capReduction,

            String total,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TierPrice> tiers)
            implements PreviewResponse {}

    /** The part of the price that a tier contributes; the amount is exact. */
    record TierPrice(int tier, String units, String amount) {}

    /** The amount for a part of a period. The fraction of the period is not reduced. */
    record ProratedAmount(String numerator, String denominator, String amount) implements PreviewResponse {}

    /** @param taxes the tax of each line, or of each rate */
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
     * @param hours the length of each period except the last, in hours
     */
    record CycleStarts(List<LocalDate> starts, List<Instant> instants, List<String> hours) implements PreviewResponse {}

    record AllocatedParts(List<String> parts) implements PreviewResponse {}

    /** The amount that was billed, the amount that is known now, and their difference. */
    record RatedAgain(String billed, String now, String adjustment) implements PreviewResponse {}

    record ExactSum(String sum) implements PreviewResponse {}
}
