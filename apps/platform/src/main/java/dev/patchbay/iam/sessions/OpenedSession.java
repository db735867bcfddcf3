package dev.patchbay.iam.sessions;

import dev.patchbay.kernel.TenantId;

/** @param secret the cookie's value, shown only once */
public record OpenedSession(TenantId tenant, Session session, String secret) {

    @Override
    public String toString() {
        return "OpenedSession[" + session.id() + "]";
    }
}
