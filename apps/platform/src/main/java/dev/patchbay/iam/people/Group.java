package dev.patchbay.iam.people;

import dev.patchbay.iam.GroupId;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param clientId the client it belongs to; null: it belongs to the tenant */
public record Group(GroupId id, String name, @Nullable String clientId, List<UserId> members) {

    /** The scope of audit entries about it. */
    TenantScope scope(TenantId tenant) {
        return clientId == null ? TenantScope.of(tenant) : TenantScope.of(tenant, new ClientId(clientId));
    }
}
