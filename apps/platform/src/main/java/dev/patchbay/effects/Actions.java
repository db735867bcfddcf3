package dev.patchbay.effects;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Calls port functions at providers; a function that changes something there takes effect at most once (ADR 0006). */
public interface Actions {

    /**
     * Makes one attempt. Never throws for a provider's failure: the outcome says what happens next.
     *
     * @param number of this attempt, from 1; the wait before the next one grows with it
     * @param renewed whether the attempt before renewed the access token
     * @param listener writes in the transactions in which the effect is claimed and settled
     * @throws DataAccessException or {@link TransactionException} when the database is away: ask again later
     */
    Outcome attempt(
            ActionRequest request, int number, boolean renewed, ExchangeLog exchangeLog, SettlementListener listener);

    /** As above, without a listener; a database that is away is {@link Outcome.Deferred} here. */
    Outcome attempt(ActionRequest request, int number, boolean renewed, ExchangeLog exchangeLog);
}
