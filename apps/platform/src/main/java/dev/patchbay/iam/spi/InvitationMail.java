package dev.patchbay.iam.spi;

import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.time.Instant;

/** Sends what an invited person follows; implemented by notifications. */
public interface InvitationMail {

    /**
     * @param link opens the invitation: a secret
     * @param until when it ends
     */
    record InvitationEmail(String email, String name, String agency, URI link, Instant until) {

        @Override
        public String toString() {
            return "Letter[" + agency + "]";
        }
    }

    /** Takes the letter in within the caller's transaction of that tenant; it leaves once that is committed. */
    void send(TenantId tenant, InvitationEmail invitationEmail);
}
