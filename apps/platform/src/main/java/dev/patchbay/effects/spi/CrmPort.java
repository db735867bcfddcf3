package dev.patchbay.effects.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps contacts. */
public non-sealed interface CrmPort extends Port {

    /** Creates the contact or updates the one the account considers the same person. */
    PortResult<Contact> upsertContact(CallContext callContext, ContactDetails details);

    /** Asks whether an earlier {@link #upsertContact} was carried out: whether the contact exists, with these details. */
    LookupResult<Contact> findContact(CallContext callContext, ContactDetails details);

    /** Reads a contact. Changes nothing. */
    PortResult<Contact> getContact(CallContext callContext, ContactId contact);

    /** Finds the contacts with that phone number or e-mail address. Changes nothing. */
    PortResult<Contacts> searchContacts(CallContext callContext, ContactDetails details);

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

    /** @param created whether the call made a new contact */
    record Contact(
            String id,
            boolean created,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName) {}

    /** @param contacts those that match; may be empty */
    record Contacts(List<Contact> contacts) {}

    record ContactId(String id) {}
}
