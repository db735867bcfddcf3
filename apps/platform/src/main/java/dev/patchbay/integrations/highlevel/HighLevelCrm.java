package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Finds and upserts contacts in a HighLevel location (HighLevel API 2021-07-28, "Contacts"). */
@Component
class HighLevelCrm implements CrmPort {

    private static final Map<String, Idempotency> IDEMPOTENCY = Map.of(
            "crm.upsertContact",
            Idempotency.naturalKey(
                    Idempotency.Settle.USUAL,
                    "A person who has a contact gets no second one, and the same details change nothing; the look-up searches by"
                            + " phone, then by e-mail, for a contact that has them."),
            "crm.addNote",
            Idempotency.lookUp(
                    Idempotency.Settle.USUAL,
                    "The look-up searches the contact's notes for the same words since the claim."),
            "crm.upsertOpportunity",
            Idempotency.naturalKey(
                    Idempotency.Settle.USUAL,
                    "A contact has one of a name in a pipeline, and the same details change nothing; the look-up searches the"
                            + " contact's opportunities there."));

    /** Limits the requests that one call sends. */
    private static final Map<String, Integer> MAX_REQUESTS = Map.of(
            "crm.upsertContact",
            5,
            "crm.findContact",
            2,
            "crm.getContact",
            1,
            "crm.addNote",
            1,
            "crm.upsertOpportunity",
            2);

    private final HighLevelContactsApi contacts;
    private final HighLevelCustomFields customFields;
    private final HighLevelContactWriter writer;
    private final HighLevelNotes notes;
    private final HighLevelOpportunities opportunities;

    HighLevelCrm(OutgoingHttp http) {
        this.contacts = new HighLevelContactsApi(http);
        this.customFields = new HighLevelCustomFields(contacts);
        this.writer = new HighLevelContactWriter(contacts);
        this.notes = new HighLevelNotes(contacts);
        this.opportunities = new HighLevelOpportunities(contacts);
    }

    @Override
    public String provider() {
        return "highlevel";
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        return IDEMPOTENCY;
    }

    @Override
    public List<Quota> quotas(String function, Account account, JsonNode binding) {
        return HighLevelQuotas.of(account, MAX_REQUESTS.getOrDefault(function, 1));
    }

    @Override
    public PortResult<Contact> upsertContact(CallContext callContext, ContactDetails details) {
        return customFields.resolve(callContext, details).then(resolved -> writer.write(callContext, resolved));
    }

    /** Finds the contact. A contact without these details proves no upsert, and repeating the upsert is harmless. */
    @Override
    public LookupResult<Contact> findContact(CallContext callContext, ContactDetails details) {
        return switch (customFields.resolve(callContext, details)) {
            case PortResult.Succeeded<ContactDetails> resolved -> findResolved(callContext, resolved.value());
            case PortResult.Unauthorized<ContactDetails> refused -> new LookupResult.Unauthorized<>(refused.sentence());
            case PortResult.RetryLater<ContactDetails> later -> new LookupResult.Unavailable<>(later.sentence());
            case PortResult.Unknown<ContactDetails> unknown -> new LookupResult.Unavailable<>(unknown.sentence());
            // The field existed when the contact was written.
            case PortResult.Rejected<ContactDetails> gone -> new LookupResult.Impossible<>(gone.sentence());
        };
    }

    private LookupResult<Contact> findResolved(CallContext callContext, ContactDetails details) {
        return RESPONSES.lookupResult(contacts.search(callContext, details), "to search for the contact", body -> {
            List<Contact> found = HighLevelContactsApi.findMatches(body, details).stream()
                    .filter(it -> new HighLevelContactChanges(details).isContainedIn(it))
                    .flatMap(it -> HighLevelContactReader.read(it, false, List.of()).stream())
                    .toList();
            return Optional.of(
                    found.isEmpty()
                            ? new LookupResult.Absent<>()
                            : new LookupResult.Found<>(
                                    found.getFirst(),
                                    found.stream().map(Contact::id).toList()));
        });
    }

    @Override
    public PortResult<Contacts> searchContacts(CallContext callContext, ContactDetails details) {
        return RESPONSES.readResult(contacts.search(callContext, details), "to search for the contact", body -> {
            List<Contact> found = HighLevelContactsApi.findMatches(body, details).stream()
                    .flatMap(it -> HighLevelContactReader.read(it, false, List.of()).stream())
                    .limit(1)
                    .toList();
            return Optional.of(new PortResult.Succeeded<>(
                    new Contacts(found), found.isEmpty() ? "" : found.getFirst().id()));
        });
    }

    @Override
    public PortResult<Contact> getContact(CallContext callContext, ContactId contact) {
        return RESPONSES.readResult(
                contacts.get(callContext, contact.id()),
                "to show the contact " + contact.id(),
                body -> HighLevelContactReader.read(body.path("contact"), false, List.of())
                        .map(it -> new PortResult.Succeeded<>(it, it.id())));
    }

    @Override
    public PortResult<Note> addNote(CallContext callContext, NewNote note) {
        return notes.add(callContext, note);
    }

    @Override
    public LookupResult<Note> findNote(CallContext callContext, NewNote note) {
        return notes.find(callContext, note);
    }

    @Override
    public PortResult<Opportunity> upsertOpportunity(CallContext callContext, OpportunityDetails details) {
        return opportunities.upsert(callContext, details);
    }

    @Override
    public LookupResult<Opportunity> findOpportunity(CallContext callContext, OpportunityDetails details) {
        return opportunities.find(callContext, details);
    }
}
