package dev.patchbay.billing.ledger;

import dev.patchbay.billing.ledger.Posting.Movement;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Posts business facts and answers with balances. Transfers are only ever added; a mistake is reversed by its mirror. */
@Component
public class Ledger {

    private final LedgerRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;

    Ledger(LedgerRepository repository, Tenancy tenancy, Clock clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Posts the fact in the tenant's transaction; posting the same source twice fails. */
    public void post(TenantId tenant, Posting posting) {
        tenancy.inTenant(tenant, () -> {
            List<Movement> movements = posting.movements().stream()
                    .filter(movement -> movement.amount().minorUnits() != 0)
                    .map(Movement::positive)
                    .toList();
            movements.stream()
                    .flatMap(movement -> Stream.of(movement.debit(), movement.credit()))
                    .distinct()
                    .sorted(Comparator.comparing(Account::id))
                    .forEach(account -> repository.open(tenant, account));
            int n = 0;
            for (Movement movement : movements) {
                n++;
                repository.insert(tenant, posting, n, movement, correlation(), clock.instant());
            }
        });
    }

    /** Takes back every transfer of the source, under another source; a source can be reversed once. */
    public void reverse(TenantId tenant, String source, String reversal) {
        tenancy.inTenant(
                tenant, () -> repository.reverse(tenant, source, reversal, today(), correlation(), clock.instant()));
    }

    /**
     * Returns the sums of all accounts.
     *
     * @param after the id of the last account already listed; empty text starts at the first
     */
    public TrialBalance balance(TenantId tenant, LocalDate asOf, String after, int limit) {
        return tenancy.inTenant(tenant, () -> {
            Page<TrialBalance.AccountBalance> page = Page.of(
                    repository.listBalances(tenant, asOf, after, limit + 1),
                    limit,
                    TrialBalance.AccountBalance::account);
            return new TrialBalance(asOf, repository.sumByCurrency(tenant, asOf), page.items(), page.next());
        });
    }

    /**
     * Lists the transfers of an account.
     *
     * @param after the {@code next} of the page before; empty text starts at the first
     * @throws Problem {@code 400.malformed_request} when the cursor cannot be read
     */
    public Page<Transfer> listTransfers(TenantId tenant, String account, String after, int limit) {
        int bar = after.lastIndexOf('|');
        String source = bar < 0 ? "" : after.substring(0, bar);
        int n = bar < 0 ? 0 : parse(after.substring(bar + 1));
        return Page.of(
                tenancy.inTenant(tenant, () -> repository.listTransfers(tenant, account, source, n, limit + 1)),
                limit,
                transfer -> transfer.source() + "|" + transfer.n());
    }

    private static int parse(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "The parameter after is the next of the page before.");
        }
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private String correlation() {
        String correlation = MDC.get("correlationId");
        return correlation == null ? Ids.next("cor", clock.instant()) : correlation;
    }
}
