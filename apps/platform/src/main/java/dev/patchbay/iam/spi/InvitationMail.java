package dev.patchbay.iam.spi;

import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.time.Instant;

/** Sends the mail of an invitation; implemented by notifications. */
public interface InvitationMail {

    /**
     * @param agency the tenant's name
     * @param link opens the invitation: a secret
     * @param until the end of the invitation
     */
    record InvitationEmail(String email, String name, String agency, URI link, Instant until) {

        @Override
        public String toString() {
            return "InvitationEmail[" + agency + "]";
        }
    }

    /** Stores the mail within the caller's transaction of that tenant; it is sent after the commit. */
    void send(TenantId tenant, InvitationEmail invitationEmail);
}
