package dev.patchbay.usage.reconciliation;

import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.reconciliation.DifferenceRepository.FoundDifference;
import dev.patchbay.usage.reconciliation.ProviderInvoiceRepository.Stored;
import dev.patchbay.usage.reconciliation.ProviderInvoiceRepository.Totals;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;

/**
 * Compares an invoice with our records: both sides by call, product and leg, in one full join, without tolerance. The differences
 * by class and the rounding explain the stated total to the last digit, or nothing is stored.
 */
@Component
class InvoiceReconciliation {

    /** Of these, one difference stands for the whole call. */
    private static final Set<DifferenceClass> OF_CALLS =
            EnumSet.of(DifferenceClass.UNKNOWN_CALL, DifferenceClass.ONLY_OURS, DifferenceClass.OTHER_PERIOD);

    private final ProviderInvoiceRepository invoices;
    private final DifferenceRepository differences;
    private final Clock clock;

    InvoiceReconciliation(ProviderInvoiceRepository invoices, DifferenceRepository differences, Clock clock) {
        this.invoices = invoices;
        this.differences = differences;
        this.clock = clock;
    }

    /** Within the tenant's transaction, which holds the invoice. */
    void run(TenantId tenant, Stored invoice) {
        Map<String, Boolean> products = invoices.listProducts(tenant, invoice);
        var classifier = new Classifier(invoice.startsAt(), invoice.endsAt(), products);
        List<FoundDifference> found = group(invoices.compare(tenant, invoice), classifier);
        Totals totals = invoices.sum(tenant, invoice);
        BigDecimal rounding = invoice.statedTotal().subtract(totals.theirs());
        requireExplained(invoice, totals, found, rounding);
        differences.replace(tenant, invoice.id(), found);
        int onlyTheirs = countCalls(found.stream()
                .filter(difference -> difference.ourCost() == null && OF_CALLS.contains(difference.name())));
        invoices.saveResult(
                tenant,
                invoice,
                totals.ours(),
                rounding,
                totals.calls() + onlyTheirs,
                countCalls(found.stream()),
                clock.instant());
    }

    private static int countCalls(Stream<FoundDifference> found) {
        return (int) found.filter(difference -> !difference.subject().startsWith(Comparison.WITHOUT_CALL))
                .map(FoundDifference::subject)
                .distinct()
                .count();
    }

    private static void requireExplained(
            Stored invoice, Totals totals, List<FoundDifference> found, BigDecimal rounding) {
        BigDecimal explained =
                found.stream().map(FoundDifference::amount).reduce(totals.ours().add(rounding), BigDecimal::add);
        if (explained.compareTo(invoice.statedTotal()) != 0) {
            throw new IllegalStateException(
                    "the differences of " + invoice.id() + " explain " + explained + " of " + invoice.statedTotal());
        }
    }

    private static List<FoundDifference> group(List<Comparison> compared, Classifier classifier) {
        Map<String, List<Comparison>> byKey = new LinkedHashMap<>();
        Map<String, DifferenceClass> classes = new LinkedHashMap<>();
        for (Comparison difference : compared) {
            DifferenceClass name = classifier.classify(difference);
            String text = OF_CALLS.contains(name)
                    ? difference.subject()
                    : difference.subject() + "\n" + difference.product() + "\n" + difference.leg();
            String key = HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(text)), 0, 8);
            byKey.computeIfAbsent(key, first -> new ArrayList<>()).add(difference);
            classes.put(key, name);
        }
        var found = new ArrayList<FoundDifference>();
        byKey.forEach(
                (key, parts) -> found.add(merge(key, classes.getOrDefault(key, DifferenceClass.OTHER_PRICE), parts)));
        return found;
    }

    private static FoundDifference merge(String key, DifferenceClass name, List<Comparison> parts) {
        Comparison first = parts.getFirst();
        boolean whole = OF_CALLS.contains(name);
        ArrayNode added = Json.MAPPER.createArrayNode();
        BigDecimal amount = BigDecimal.ZERO;
        for (Comparison part : parts) {
            amount = amount.add(part.amount());
            added.addObject()
                    .put("product", part.product())
                    .put("leg", part.leg())
                    .put("quantity", part.quantityDifference().toPlainString())
                    .put("cost", part.amount().toPlainString());
        }
        Instant began = first.theirStart() == null ? first.ourStart() : first.theirStart();
        return new FoundDifference(
                key,
                name,
                first.subject(),
                whole ? "" : first.product(),
                whole ? 0 : first.leg(),
                whole ? null : first.ourQuantity(),
                sum(parts, true),
                whole ? null : first.theirQuantity(),
                sum(parts, false),
                amount,
                added,
                began);
    }

    /** The cost on one side; null when that side has none of the parts. */
    private static @Nullable BigDecimal sum(List<Comparison> parts, boolean ours) {
        BigDecimal sum = null;
        for (Comparison part : parts) {
            BigDecimal cost = ours ? part.ourCost() : part.theirCost();
            if (cost != null) {
                sum = sum == null ? cost : sum.add(cost);
            }
        }
        return sum;
    }
}
