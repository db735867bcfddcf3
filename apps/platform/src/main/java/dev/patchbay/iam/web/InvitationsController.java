package dev.patchbay.iam.web;

import dev.patchbay.iam.InvitationId;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.NewAssignment;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.people.Invitation;
import dev.patchbay.iam.people.Invitations;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Invitations by mail. */
@RestController
@RequestMapping("/api/v1/users/invitations")
final class InvitationsController {

    private final Invitations invitations;

    InvitationsController(Invitations invitations) {
        this.invitations = invitations;
    }

    /** @param clientId the only client it is for; without one the whole agency */
    record InvitedRole(@Nullable String role, @Nullable String clientId) {

        private NewAssignment toAssignment() {
            return new NewAssignment(
                    "", RequestInput.role(role), RequestInput.client(clientId), Optional.empty(), Optional.empty());
        }
    }

    record InvitationRequest(
            @Nullable String email,
            @Nullable String name,
            @Nullable List<InvitedRole> roles) {}

    @Requires("read:users")
    @GetMapping
    Page<Invitation> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int pageSize = Math.clamp(limit, 1, 200);
        return Page.of(
                invitations.list(caller.scope(), pageSize + 1, after),
                pageSize,
                invitation -> invitation.id().value());
    }

    /** Requires every role that the user would get. */
    @Requires("invite:users")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Invitation invite(Caller caller, Identity identity, @RequestBody InvitationRequest request) {
        List<InvitedRole> roles = request.roles();
        if (roles == null || roles.isEmpty()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give at least one role.");
        }
        return invitations.invite(
                identity,
                caller.scope(),
                RequestInput.invitee(request.email(), request.name()),
                roles.stream().map(InvitedRole::toAssignment).toList());
    }

    @Requires("invite:users")
    @PostMapping("/{id}/resend")
    @ResponseStatus(HttpStatus.CREATED)
    Invitation resend(Caller caller, Identity identity, @PathVariable InvitationId id) {
        return invitations.resend(identity, caller.scope(), id);
    }

    @Requires("invite:users")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, Identity identity, @PathVariable InvitationId id) {
        invitations.revoke(identity, caller.scope(), id);
    }
}
