package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Assignment;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.people.Dependents;
import dev.patchbay.iam.people.Invitation;
import dev.patchbay.iam.people.Invitations;
import dev.patchbay.iam.people.User;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.UserId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Manages the users of the agency, or of the clients within the caller's scope. */
@RestController
@RequestMapping("/api/v1/users")
final class UsersController {

    private final Users users;
    private final Invitations invitations;
    private final Sessions sessions;
    private final Dependents dependents;

    UsersController(Users users, Invitations invitations, Sessions sessions, Dependents dependents) {
        this.users = users;
        this.dependents = dependents;
        this.invitations = invitations;
        this.sessions = sessions;
    }

    @Requires("read:users")
    @GetMapping
    Page<User> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int pageSize = Math.clamp(limit, 1, 200);
        return Page.of(
                users.list(caller.scope(), pageSize + 1, after),
                pageSize,
                user -> user.id().value());
    }

    @Requires("read:users")
    @GetMapping("/{id}")
    User get(Caller caller, @PathVariable UserId id) {
        return existing(caller, id);
    }

    private User existing(Caller caller, UserId id) {
        return users.find(caller.scope(), id)
                .orElseThrow(() -> new Problem(ProblemType.USER_NOT_FOUND, "There is no user " + id + "."));
    }

    @Requires(
            value = {"suspend:users", "read:users"},
            tenantWide = true)
    @PostMapping("/{id}/suspend")
    User suspend(Caller caller, Identity identity, @PathVariable UserId id) {
        return users.suspend(identity, caller.scope().tenant(), id);
    }

    /** Lists the tokens and open invitations that suspending the user ends, and the roles that they assigned, which stay. */
    @Requires(
            value = {"read:users", "read:tokens", "read:roles"},
            tenantWide = true)
    @GetMapping("/{id}/dependents")
    Dependents.Resting listDependents(Caller caller, @PathVariable UserId id) {
        return dependents.list(
                caller.scope().tenant(), existing(caller, id).id().value());
    }

    /** Ends the roles that the user assigned. */
    @Requires(
            value = {"read:users", "assign:roles"},
            tenantWide = true)
    @DeleteMapping("/{id}/dependents/roles")
    Page<Assignment> endGivenRoles(Caller caller, Identity identity, @PathVariable UserId id) {
        return new Page<>(
                dependents.endRoles(
                        identity,
                        caller.scope().tenant(),
                        existing(caller, id).id().value()),
                null);
    }

    @Requires(
            value = {"suspend:users", "read:users"},
            tenantWide = true)
    @PostMapping("/{id}/restore")
    User restore(Caller caller, Identity identity, @PathVariable UserId id) {
        return users.restore(identity, caller.scope().tenant(), id);
    }

    /** Mails the user a link by which they sign in with another account. */
    @Requires(value = "invite:users", tenantWide = true)
    @PostMapping("/{id}/invitation")
    @ResponseStatus(HttpStatus.CREATED)
    Invitation inviteAgain(Caller caller, Identity identity, @PathVariable UserId id) {
        return invitations.inviteAgain(identity, caller.scope().tenant(), id);
    }

    @Requires(value = "read:users", tenantWide = true)
    @GetMapping("/{id}/sessions")
    SessionsController.SessionList sessions(Caller caller, Identity identity, @PathVariable UserId id) {
        return SessionsController.SessionList.of(
                sessions.list(caller.scope().tenant(), existing(caller, id).id()), identity);
    }

    @Requires(value = "suspend:users", tenantWide = true)
    @DeleteMapping("/{id}/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSessions(Caller caller, Identity identity, @PathVariable UserId id) {
        users.endSessions(identity, caller.scope().tenant(), id);
    }
}
