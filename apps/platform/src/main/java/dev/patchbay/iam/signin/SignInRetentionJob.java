package dev.patchbay.iam.signin;

import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.ExpiredRowDeletion;
import dev.patchbay.kernel.database.RetentionJob;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Deletes sessions and invitations 90 days after their end. */
@Component
class SignInRetentionJob extends RetentionJob {

    SignInRetentionJob(Settings process, ExpiredRowDeletion expiredRowDeletion, Clock clock) {
        super("sign-in-retention", "prune_sign_ins", process, expiredRowDeletion, clock);
    }
}
