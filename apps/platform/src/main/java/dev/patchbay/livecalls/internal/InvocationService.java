package dev.patchbay.livecalls.internal;

import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.livecalls.LiveInvocations;
import org.springframework.stereotype.Component;

@Component
class InvocationService implements LiveInvocations {

    private static final int MAX_PAGE_SIZE = 200;

    private final Tenancy tenancy;
    private final InvocationRepository repository;

    InvocationService(Tenancy tenancy, InvocationRepository repository) {
        this.tenancy = tenancy;
        this.repository = repository;
    }

    @Override
    public Page<LiveInvocation> list(TenantScope scope, Filter filter) {
        int pageSize = Math.clamp(filter.limit(), 1, MAX_PAGE_SIZE);
        return Page.of(
                tenancy.inTenant(scope.tenant(), () -> repository.list(scope, filter, pageSize + 1)),
                pageSize,
                LiveInvocation::id);
    }
}
