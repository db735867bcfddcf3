package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.people.Invitation;
import dev.patchbay.iam.people.Invitations;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Creates agencies, for operators of the installation. */
@RestController
@RequestMapping("/api/v1/tenants")
final class TenantsController {

    private final Tenants tenants;
    private final Invitations invitations;
    private final Tenancy tenancy;
    private final Clock clock;

    TenantsController(Tenants tenants, Invitations invitations, Tenancy tenancy, Clock clock) {
        this.tenants = tenants;
        this.invitations = invitations;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    record OwnerRequest(@Nullable String email, @Nullable String name) {}

    /** @param owner the first user: invited as tenant-admin */
    record TenantRequest(@Nullable String name, @Nullable OwnerRequest owner) {}

    record TenantResponse(String id, String name, Invitation invitation) {}

    @Requires("create:tenants")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    TenantResponse create(Caller caller, @RequestBody TenantRequest request) {
        String name = RequestInput.name(request.name());
        OwnerRequest owner = request.owner();
        if (owner == null) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give owner, with email and name.");
        }
        var invitee = RequestInput.invitee(owner.email(), owner.name());
        var tenant = new TenantId(Ids.next("tnt", clock.instant()));
        tenants.recordCreation(tenant, caller.subject(), name);
        return tenancy.inTenant(tenant, () -> {
            tenants.createIfAbsent(tenant, caller.subject(), name);
            return new TenantResponse(tenant.value(), name, invitations.inviteOwner(tenant, caller.subject(), invitee));
        });
    }
}
