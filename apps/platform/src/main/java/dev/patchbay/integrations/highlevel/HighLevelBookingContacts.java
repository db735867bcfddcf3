package dev.patchbay.integrations.highlevel;

import dev.patchbay.effects.spi.CalendarPort.PersonDetails;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.PortResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds or creates the person's contact, because HighLevel makes appointments for contacts only. */
record HighLevelBookingContacts(HighLevelContactWriter writer) {

    private static final String CONTACT_ID = "[A-Za-z0-9]{20}";

    /**
     * Returns HighLevel's id of the contact.
     *
     * @param contact HighLevel's id of the contact, or the person's phone number
     */
    PortResult<String> find(CallContext callContext, String contact, @Nullable PersonDetails person) {
        if (contact.matches(CONTACT_ID)) {
            return new PortResult.Succeeded<>(contact, contact);
        }
        Optional<PersonDetails> details = Optional.ofNullable(person);
        String phone = details.map(PersonDetails::phone)
                .or(() -> Optional.of(contact))
                .filter(number -> number.startsWith("+"))
                .orElse(null);
        String email = details.map(PersonDetails::email).orElse(null);
        if (phone == null && email == null) {
            return new PortResult.Rejected<>(
                    FailureReason.BAD_INPUT,
                    "HighLevel makes appointments for contacts only; give the contact's id, a phone number or an e-mail address.");
        }
        String name = details.map(PersonDetails::name).map(String::strip).orElse("");
        int space = name.lastIndexOf(' ');
        return writer.write(
                        callContext,
                        new ContactDetails(
                                phone,
                                email,
                                name.isEmpty() ? null : space < 0 ? name : name.substring(0, space),
                                space < 0 ? null : name.substring(space + 1),
                                null,
                                null))
                .then(it -> new PortResult.Succeeded<>(it.id(), it.id()));
    }
}
