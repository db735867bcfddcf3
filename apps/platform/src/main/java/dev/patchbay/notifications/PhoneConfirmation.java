package dev.patchbay.notifications;

import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.util.Optional;

/** Manages the number for texts of a person's critical notices, which the person confirms by a code. */
public interface PhoneConfirmation {

    /** @param confirmed whether the person entered the code that was texted to the number */
    record Phone(PhoneNumber number, boolean confirmed) {}

    /** Returns the person's number; empty when there is none. */
    Optional<Phone> find(TenantId tenant, UserId person);

    /**
     * Texts a code to the number, which replaces an earlier number.
     *
     * @throws Problem {@code 409.access_conflict} when this installation sends no texts; {@code 429.too_many_requests} after
     *     three codes within an hour
     */
    void sendCode(TenantId tenant, UserId person, PhoneNumber number);

    /**
     * Confirms the number by its code.
     *
     * @throws Problem {@code 422.variables_invalid} when the code is wrong, was guessed too often or is too old
     */
    void confirm(TenantId tenant, UserId person, String code);

    /** Removes the number, so that no notice is texted from then on. */
    void remove(TenantId tenant, UserId person);
}
