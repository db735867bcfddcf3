package dev.patchbay.billing.invoices;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.kernel.Problem;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Amounts that a credit note takes back.
 *
 * @param lines the lines, each at most once
 */
public record CreditRequest(String reason, List<CreditLine> lines) {

    private static final int MAX_LINES = 1000;
    private static final int MAX_NUMBER = 100_000;

    public CreditRequest {
        lines = List.copyOf(lines);
    }

    /** @param net the positive amount without tax, in major units */
    public record CreditLine(int line, BigDecimal net) {}

    /**
     * Reads a request.
     *
     * @throws Problem {@code 422.plan_invalid} with a pointer and a sentence for everything that makes no sense
     */
    public static CreditRequest read(JsonNode body) {
        return JsonInput.read(body, input -> {
            String reason = input.requireText("reason");
            List<CreditLine> lines = input.objects("lines", MAX_LINES, CreditRequest::readLine);
            if (lines.isEmpty()) {
                input.reject("lines", "A credit note takes back at least one line.");
            }
            if (lines.stream().map(CreditLine::line).distinct().count() < lines.size()) {
                input.reject("lines", "Each line is taken back once.");
            }
            return new CreditRequest(reason, lines);
        });
    }

    /** Reads the reason for which an invoice becomes void. */
    public static String readReason(JsonNode body) {
        return JsonInput.read(body, input -> input.requireText("reason"));
    }

    private static CreditLine readLine(JsonInput input) {
        int line = input.wholeNumber("line", 1, MAX_NUMBER).orElse(0);
        BigDecimal net = input.requireAmount("amount");
        if (line == 0 && !input.has("line")) {
            input.reject("line", "This member is required.");
        }
        if (net.signum() == 0 && input.has("amount")) {
            input.reject("amount", "A credit is above 0.");
        }
        return new CreditLine(line, net);
    }
}
