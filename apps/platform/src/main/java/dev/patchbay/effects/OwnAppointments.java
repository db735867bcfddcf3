package dev.patchbay.effects;

import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.List;

/** The appointments that a call has made, as our reservations know them. */
public interface OwnAppointments {

    /**
     * An appointment that stands at the provider.
     *
     * @param id the provider's
     * @param held whether it is a hold, which ends by itself
     */
    record OwnAppointment(String id, Slot slot, boolean held) {

        public long minutes() {
            return Duration.between(slot.start(), slot.end()).toMinutes();
        }
    }

    /** Finds the appointments of the call that still stand, the earliest first. */
    List<OwnAppointment> find(TenantId tenant, CorrelationId call);
}
