package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.OwnAppointments;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class OwnAppointmentService implements OwnAppointments {

    private final ReservationRepository repository;
    private final Tenancy tenancy;

    OwnAppointmentService(ReservationRepository repository, Tenancy tenancy) {
        this.repository = repository;
        this.tenancy = tenancy;
    }

    @Override
    public List<OwnAppointment> find(TenantId tenant, CorrelationId call) {
        return tenancy.inTenant(tenant, () -> repository.findByOwner(tenant, call.value())).stream()
                .flatMap(it -> it.standing().stream())
                .map(it -> new OwnAppointment(it.eventId(), it.slot(), !it.isBooked()))
                .toList();
    }
}
