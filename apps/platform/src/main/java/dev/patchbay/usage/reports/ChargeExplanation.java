package dev.patchbay.usage.reports;

import dev.patchbay.usage.reports.UsageCall.Entry;
import dev.patchbay.usage.reports.UsageCall.Reason;
import dev.patchbay.usage.reports.UsageCall.Statement;
import dev.patchbay.usage.spi.UsageStatement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Explains what the provider charged for a call, from its records that count. It explains stated costs and computes none. */
final class ChargeExplanation {

    private ChargeExplanation() {}

    static List<Reason> explain(UsageCall call, List<Statement> statements, List<Entry> records) {
        var reasons = new ArrayList<Reason>();
        List<Entry> counting = counting(records);
        explainSeconds(call, counting, reasons);
        for (Entry entry : counting) {
            if (entry.metric().equals("extra_seconds")) {
                reasons.add(new Reason(
                        "token_surcharge",
                        "The model was charged for %s s more: its requests had more input tokens than the price includes%s."
                                .formatted(plain(entry.quantity()), tokens(statements))));
            } else if (entry.leg() > 0) {
                reasons.add(new Reason(
                        "transfer_leg",
                        "%s s after the transfer were charged as a second leg (%s)."
                                .formatted(plain(entry.quantity()), entry.product())));
            } else if (entry.product().equals(UsageStatement.UNEXPLAINED)) {
                reasons.add(new Reason(
                        "unexplained",
                        "The provider's total differs from its products by %s %s."
                                .formatted(entry.cost().amount(), entry.cost().currency())));
            }
        }
        explainHistory(statements, reasons);
        return reasons;
    }

    /** Records that reverse nothing and are not reversed. */
    private static List<Entry> counting(List<Entry> records) {
        var reversed = records.stream()
                .filter(entry -> entry.reverses() != null)
                .map(entry -> entry.clientId() + " " + entry.reverses())
                .collect(Collectors.toSet());
        return records.stream()
                .filter(entry -> entry.reverses() == null)
                .filter(entry -> !reversed.contains(entry.clientId() + " " + entry.seq() + "/" + entry.n()))
                .toList();
    }

    private static void explainSeconds(UsageCall call, List<Entry> counting, List<Reason> reasons) {
        BigDecimal billed = counting.stream()
                .filter(entry -> entry.metric().equals("seconds") && entry.leg() == 0)
                .map(Entry::quantity)
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
        BigDecimal more = billed.subtract(call.talkSeconds());
        if (more.compareTo(BigDecimal.ONE) >= 0) {
            reasons.add(new Reason(
                    "minimum",
                    "The call lasted %s s and was charged for the minimum of %s s."
                            .formatted(plain(call.talkSeconds()), plain(billed))));
        } else if (more.signum() > 0) {
            reasons.add(new Reason(
                    "rounded_up",
                    "The call lasted %s s and was charged for %s whole seconds."
                            .formatted(plain(call.talkSeconds()), plain(billed))));
        }
    }

    private static String tokens(List<Statement> statements) {
        String average = statements.isEmpty()
                ? ""
                : statements
                        .getLast()
                        .statement()
                        .path("llm_token_usage")
                        .path("average")
                        .asString("");
        return average.isEmpty() ? "" : ", " + average + " on average";
    }

    private static void explainHistory(List<Statement> statements, List<Reason> reasons) {
        for (Statement statement : statements) {
            String sentence = switch (statement.outcome()) {
                case "late" -> "The provider stated the cost late, at " + statement.recordedAt() + ".";
                case "corrected" ->
                    "The provider changed its statement; the change was recorded at " + statement.recordedAt() + ".";
                case "vanished" -> "The provider no longer has this; seen at " + statement.recordedAt() + ".";
                default -> "";
            };
            if (!sentence.isEmpty()) {
                reasons.add(new Reason(Objects.requireNonNull(statement.outcome()), sentence));
            }
        }
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
