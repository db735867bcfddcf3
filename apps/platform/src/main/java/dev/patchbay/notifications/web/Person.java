package dev.patchbay.notifications.web;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.UserId;

/** The person behind a request. */
final class Person {

    private Person() {}

    /** @throws Problem {@code 403.forbidden} for a service token */
    static UserId of(Identity identity) {
        return identity.user()
                .orElseThrow(() ->
                        new Problem(ProblemType.FORBIDDEN, "This needs the session of a user, not a service token."));
    }

    /** @throws Problem {@code 403.forbidden} also for an operator who acts as the user */
    static UserId requireSelf(Identity identity) {
        if (identity.impersonator().isPresent()) {
            throw new Problem(ProblemType.FORBIDDEN, "You act as this user; only they change how they are told.");
        }
        return of(identity);
    }
}
