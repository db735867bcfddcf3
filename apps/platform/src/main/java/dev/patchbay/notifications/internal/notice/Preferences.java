package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.NoticePreferences;
import dev.patchbay.notifications.PreferenceService;
import org.springframework.stereotype.Component;

/** Stores the preferences of each person. */
@Component
class Preferences implements PreferenceService {

    private final PreferenceRepository repository;
    private final Tenancy tenancy;
    private final ChangeAudit audit;

    Preferences(PreferenceRepository repository, Tenancy tenancy, ChangeAudit audit) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    @Override
    public NoticePreferences find(TenantId tenant, UserId person) {
        return tenancy.inTenant(tenant, () -> repository.find(tenant, person)).orElse(NoticePreferences.DEFAULT);
    }

    @Override
    public void save(TenantId tenant, UserId person, NoticePreferences preferences) {
        tenancy.inTenant(tenant, () -> {
            NoticePreferences before = find(tenant, person);
            if (!before.equals(preferences)) {
                repository.save(tenant, person, preferences);
                audit.recordChange(
                        TenantScope.of(tenant),
                        person.value(),
                        "notice.preferences_changed",
                        "user/" + person,
                        PreferenceRepository.write(before),
                        PreferenceRepository.write(preferences));
            }
        });
    }
}
