package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** A CRM that returns the results of a test's script, in order. */
final class ScriptedCrm implements CrmPort {

    private final Deque<PortResult<Contact>> results = new ArrayDeque<>();
    private final Deque<LookupResult<Contact>> lookupResults = new ArrayDeque<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private int calls;

    void returns(PortResult<Contact> portResult) {
        results.add(portResult);
    }

    void finds(LookupResult<Contact> lookupResult) {
        lookupResults.add(lookupResult);
    }

    void throwsNext(RuntimeException next) {
        failure = Optional.of(next);
    }

    int calls() {
        return calls;
    }

    @Override
    public String provider() {
        return "highlevel";
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        return Map.of("crm.upsertContact", Idempotency.lookUp(Idempotency.Settle.USUAL, "As the test says."));
    }

    @Override
    public PortResult<Contact> upsertContact(CallContext callContext, ContactDetails details) {
        calls++;
        failure.ifPresent(next -> {
            throw next;
        });
        return results.remove();
    }

    @Override
    public LookupResult<Contact> findContact(CallContext callContext, ContactDetails details) {
        return lookupResults.remove();
    }

    @Override
    public PortResult<Contact> getContact(CallContext callContext, ContactId contact) {
        return results.remove();
    }

    @Override
    public PortResult<Contacts> searchContacts(CallContext callContext, ContactDetails details) {
        throw new UnsupportedOperationException("no test searches");
    }

    @Override
    public PortResult<Note> addNote(CallContext callContext, NewNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LookupResult<Note> findNote(CallContext callContext, NewNote note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PortResult<Opportunity> upsertOpportunity(CallContext callContext, OpportunityDetails details) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LookupResult<Opportunity> findOpportunity(CallContext callContext, OpportunityDetails details) {
        throw new UnsupportedOperationException();
    }
}
