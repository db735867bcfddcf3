package dev.patchbay.iam.signin;

import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.RetentionJob;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes sessions and invitations 90 days after their end. */
@Component
class SignInRetentionJob extends RetentionJob {

    SignInRetentionJob(Settings process, Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        super("sign-in-retention", "SELECT patchbay.prune_sign_ins(:before, :most)", process, tenancy, jdbc, clock);
    }
}
