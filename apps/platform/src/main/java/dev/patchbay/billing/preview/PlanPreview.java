package dev.patchbay.billing.preview;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.rating.UnpricedQuantity;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.Problem;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Computes prices without storing anything. The same request always gets the same answer. */
@Component
public class PlanPreview {

    private static final Currency USD = Currency.getInstance("USD");

    /**
     * Computes the answer to one request.
     *
     * @param request one of the forms of {@code PreviewKind}, optionally with {@code currency}, which is USD by default
     * @throws Problem {@code 422.plan_invalid} with a pointer and a sentence for each member that makes no sense
     */
    public PreviewResponse price(JsonNode request) {
        try {
            return JsonInput.read(request, PlanPreview::prepare).get();
        } catch (UnpricedQuantity beyond) {
            throw JsonInput.invalid("/charge/tiers", String.valueOf(beyond.getMessage()));
        } catch (ArithmeticException overflow) {
            throw JsonInput.invalid("", "The amount is larger than any invoice states.");
        }
    }

    /** Reads the request. The supplier computes the answer; it is called only when the whole request could be read. */
    private static Supplier<PreviewResponse> prepare(JsonInput input) {
        Currency currency = input.parsed(
                        "currency",
                        code -> Money.findCurrency(code).orElseThrow(),
                        "This is the code of a currency (ISO 4217) in capitals, such as USD.")
                .orElse(USD);
        Optional<PreviewKind> kind = PreviewKind.find(input);
        if (kind.isEmpty()) {
            throw JsonInput.invalid(
                    "",
                    "A preview has a charge with a quantity or a cost, an amount with a period or"
                            + " weights, lines, a rule with seconds, seconds, an anchor, or amounts.");
        }
        return switch (kind.get()) {
            case CHARGE -> ChargePreview.price(input, currency);
            case RERATE -> ChargePreview.rerate(input, currency);
            case PRORATION -> AmountPreview.prorate(input, currency);
            case ALLOCATION -> AmountPreview.allocate(input, currency);
            case SUM -> AmountPreview.sum(input);
            case INVOICE -> InvoicePreview.total(input, currency);
            case BILLABLE -> SecondsPreview.applyRule(input);
            case PROVIDER -> SecondsPreview.estimateProvider(input);
            case CYCLE -> CyclePreview.listStarts(input);
        };
    }
}
