package dev.patchbay.flows.spi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps contacts. */
public non-sealed interface CrmPort extends Port {

    /** Creates the contact or updates the one the account considers the same person. */
    Answer<Contact> upsertContact(Act act, ContactDetails details);

    /** Asks whether an earlier {@link #upsertContact} with these details was carried out. */
    LookUp<Contact> findContact(Act act, ContactDetails details);

    /** Reads a contact. Changes nothing. */
    Answer<Contact> getContact(Act act, ContactId contact);

    /** Reads who has that phone or e-mail address. Changes nothing. */
    default Answer<Contacts> searchContacts(Act act, ContactDetails details) {
        LookUp<Contact> found = findContact(act, details);
        return switch (found) {
            case LookUp.Found<Contact> known ->
                new Answer.Done<>(
                        new Contacts(List.of(known.value())), known.value().id());
            case LookUp.Absent<Contact> nobody -> new Answer.Done<>(new Contacts(List.of()), "");
            case LookUp.Unavailable<Contact> away ->
                new Answer.TryLater<>(Reason.PROVIDER_DOWN, away.sentence(), Optional.empty());
            case LookUp.Unauthorized<Contact> unauthorized -> new Answer.Unauthorized<>(unauthorized.sentence());
            case LookUp.Impossible<Contact> impossible -> new Answer.Refused<>(Reason.BAD_INPUT, impossible.sentence());
        };
    }

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
