package dev.patchbay.flows.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps contacts. */
public non-sealed interface CrmPort extends Port {

    /** Creates the contact or updates the one the account considers the same person. */
    Answer<Contact> upsertContact(Act act, ContactDetails details);

    /** Asks whether an earlier {@link #upsertContact} was carried out: whether the contact is there, with these details. */
    LookUp<Contact> findContact(Act act, ContactDetails details);

    /** Reads a contact. Changes nothing. */
    Answer<Contact> getContact(Act act, ContactId contact);

    /** Reads who has that phone or e-mail address. Changes nothing. */
    Answer<Contacts> searchContacts(Act act, ContactDetails details);

    /**
     * @param phone E.164
     * @param source where the contact came from, in words the agency's people read
     */
    record ContactDetails(
            @Nullable String phone,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String source,
            @Nullable List<String> tags) {}

    /** @param created whether the act made a new contact */
    record Contact(
            String id,
            boolean created,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName) {}

    /** Those that match; none is an answer too. */
    record Contacts(List<Contact> contacts) {}

    record ContactId(String id) {}
}
