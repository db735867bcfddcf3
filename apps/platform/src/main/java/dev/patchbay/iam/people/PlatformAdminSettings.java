package dev.patchbay.iam.people;

import dev.patchbay.iam.oidc.VerifiedIdentity;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operators of this installation.
 *
 * @param platformAdmins e-mail addresses; each becomes platform-admin at the first sign-in with that address verified
 *     ({@code PATCHBAY_PLATFORM_ADMINS})
 */
@ConfigurationProperties("patchbay")
record PlatformAdminSettings(@DefaultValue Set<String> platformAdmins) {

    boolean includes(VerifiedIdentity identity) {
        return platformAdmins.stream().anyMatch(email -> identity.hasEmail(email.strip()));
    }
}
