package dev.patchbay.notifications;

import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.util.Optional;

/** The number to which a person's critical notices are texted, once they have confirmed it by a code. */
public interface PhoneConfirmation {

    /** @param confirmed whether the person entered the code that was texted to the number */
    record Phone(PhoneNumber number, boolean confirmed) {}

    /** The person's number; empty when there is none. */
    Optional<Phone> find(TenantId tenant, UserId person);

    /**
     * Texts a code to the number; it replaces a number that was there before.
     *
     * @throws Problem {@code 409.access_conflict} when this installation sends no texts; {@code 429.too_many_requests} after
     *     three codes within an hour
     */
    void sendCode(TenantId tenant, UserId person, PhoneNumber number);

    /** @throws Problem {@code 422.variables_invalid} when the code is wrong, was guessed too often or is too old */
    void confirm(TenantId tenant, UserId person, String code);

    /** Removes the number: no notice is texted from then on. */
    void remove(TenantId tenant, UserId person);
}
