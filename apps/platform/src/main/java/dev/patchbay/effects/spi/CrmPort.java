package dev.patchbay.effects.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Keeps contacts, their notes and opportunities, and protects the data that people entered. */
public non-sealed interface CrmPort extends Port {

    /**
     * Creates the contact, or changes the one with that phone number, else with that e-mail address. Tags are added to the
     * existing ones. The contact keeps an existing name, address, number and source, unless {@code overwrite} says otherwise.
     */
    PortResult<Contact> upsertContact(CallContext callContext, ContactDetails details);

    /** Asks whether an earlier {@link #upsertContact} was carried out: whether the contact exists, with these details. */
    LookupResult<Contact> findContact(CallContext callContext, ContactDetails details);

    /** Reads a contact. Changes nothing. */
    PortResult<Contact> getContact(CallContext callContext, ContactId contact);

    /** Finds the contacts with that phone number or e-mail address. Changes nothing. */
    PortResult<Contacts> searchContacts(CallContext callContext, ContactDetails details);

    /** Adds a note to a contact. */
    PortResult<Note> addNote(CallContext callContext, NewNote note);

    /** Asks whether an earlier {@link #addNote} was carried out. */
    LookupResult<Note> findNote(CallContext callContext, NewNote note);

    /** Creates the opportunity, or changes the contact's opportunity of that name in the pipeline. */
    PortResult<Opportunity> upsertOpportunity(CallContext callContext, OpportunityDetails details);

    /** Asks whether an earlier {@link #upsertOpportunity} was carried out. */
    LookupResult<Opportunity> findOpportunity(CallContext callContext, OpportunityDetails details);

    /**
     * @param phone E.164
     * @param source the origin of the contact, in words for the agency's people
     * @param customFields values by the CRM's id, key or name of the field; an unknown one is refused
     * @param dnd the channels on which the contact must not be contacted, or may be again; null changes nothing
     * @param overwrite whether names, number, address and source of an existing contact are replaced
     */
    record ContactDetails(
            @Nullable String phone,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String source,
            @Nullable List<String> tags,
            @Nullable Map<String, JsonNode> customFields,
            @Nullable DndChange dnd,
            @Nullable Boolean overwrite) {

        public ContactDetails(
                @Nullable String phone,
                @Nullable String email,
                @Nullable String firstName,
                @Nullable String lastName,
                @Nullable String source,
                @Nullable List<String> tags) {
            this(phone, email, firstName, lastName, source, tags, null, null, null);
        }

        public boolean overwrites() {
            return Boolean.TRUE.equals(overwrite);
        }
    }

    /** Says for each channel whether the contact must not be contacted there: true, false, or null for no change. */
    record DndChange(
            @Nullable Boolean sms,
            @Nullable Boolean call,
            @Nullable Boolean email,
            @Nullable Boolean whatsApp) {}

    /** Names the channels on which a contact must not be contacted. */
    record Dnd(boolean sms, boolean call, boolean email, boolean whatsApp) {

        public static final Dnd NONE = new Dnd(false, false, false, false);
    }

    /**
     * @param created whether the call made a new contact
     * @param customFields values by the CRM's id of the field
     * @param notes differences from the request, one sentence each: values that were kept, and other records of the person
     */
    record Contact(
            String id,
            boolean created,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String source,
            List<String> tags,
            Dnd dnd,
            Map<String, JsonNode> customFields,
            List<String> notes) {}

    /** @param contacts the contacts that match; may be empty */
    record Contacts(List<Contact> contacts) {}

    record ContactId(String id) {}

    /** @param contact the CRM's id of the contact */
    record NewNote(String contact, String text) {}

    record Note(String id) {}

    /**
     * @param contact the CRM's id of the contact
     * @param pipeline the CRM's id of the pipeline
     * @param stage the CRM's id of the stage; null keeps the stage, and means the first stage for a new opportunity
     * @param status {@code open}, {@code won}, {@code lost} or {@code abandoned}; null means {@code open}
     * @param value in the account's currency
     */
    record OpportunityDetails(
            String contact,
            String pipeline,
            @Nullable String stage,
            String name,
            @Nullable String status,
            @Nullable Double value) {}

    /** @param created whether the call made a new opportunity */
    record Opportunity(
            String id,
            boolean created,
            String name,
            @Nullable String stage,
            String status) {}
}
