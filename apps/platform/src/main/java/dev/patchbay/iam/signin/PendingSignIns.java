package dev.patchbay.iam.signin;

import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Pending sign-ins, by their {@code state} parameter; each can be taken once, within ten minutes. */
@Component
class PendingSignIns {

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final PendingSignInRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;

    PendingSignIns(PendingSignInRepository repository, Tenancy tenancy, Clock clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    void add(String state, PendingSignIn signIn) {
        Instant now = clock.instant();
        tenancy.throughDefinerFunction(() -> {
            repository.insert(Secret.hash(state), signIn, now, now.plus(LIFETIME));
            return true;
        });
    }

    /** Empty when there is none, it has expired or was taken before. */
    Optional<PendingSignIn> take(String state) {
        return tenancy.throughDefinerFunction(() -> repository.take(Secret.hash(state), clock.instant()));
    }
}
