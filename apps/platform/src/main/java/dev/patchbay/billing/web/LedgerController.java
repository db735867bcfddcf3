package dev.patchbay.billing.web;

import dev.patchbay.billing.ledger.Ledger;
import dev.patchbay.billing.ledger.Transfer;
import dev.patchbay.billing.ledger.TrialBalance;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the ledger to people of the agency. */
@RestController
@RequestMapping("/api/v1/ledger")
class LedgerController {

    private static final int MAX_PAGE = 200;

    private final Ledger ledger;

    LedgerController(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Returns the sums of all accounts up to a day, by default today. */
    @Requires(value = "read:costs", tenantWide = true)
    @GetMapping("/trial-balance")
    TrialBalance getTrialBalance(
            Caller caller,
            @RequestParam Optional<LocalDate> asOf,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "") String after) {
        return ledger.balance(
                caller.scope().tenant(), asOf.orElseGet(ledger::today), after, Math.clamp(limit, 1, MAX_PAGE));
    }

    /** Lists the transfers of an account. */
    @Requires(value = "read:costs", tenantWide = true)
    @GetMapping("/transfers")
    Page<Transfer> listTransfers(
            Caller caller,
            @RequestParam String account,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "") String after) {
        return ledger.listTransfers(caller.scope().tenant(), account, after, Math.clamp(limit, 1, MAX_PAGE));
    }
}
