package dev.patchbay.iam.web;

import dev.patchbay.iam.AssignmentId;
import dev.patchbay.iam.access.Assignment;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.NewAssignment;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.kernel.Page;
import java.time.Instant;
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

/** Roles of users and groups. */
@RestController
@RequestMapping("/api/v1/iam/assignments")
final class AssignmentsController {

    private final RoleAssignments assignments;

    AssignmentsController(RoleAssignments assignments) {
        this.assignments = assignments;
    }

    @Requires("read:roles")
    @GetMapping
    Page<Assignment> list(
            Caller caller,
            @RequestParam Optional<String> subject,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int pageSize = Math.clamp(limit, 1, 200);
        return Page.of(
                assignments.list(caller.scope(), subject, pageSize + 1, after),
                pageSize,
                assignment -> assignment.id().value());
    }

    /**
     * @param subject a user's or a group's id
     * @param clientId this or {@code resource} or neither; without both the whole agency
     */
    record AssignmentRequest(
            @Nullable String subject,
            @Nullable String role,
            @Nullable String clientId,
            @Nullable String resource,
            @Nullable Instant expiresAt) {}

    @Requires("assign:roles")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Assignment grant(Caller caller, Identity identity, @RequestBody AssignmentRequest request) {
        return assignments.grant(
                identity,
                caller.scope(),
                new NewAssignment(
                        RequestInput.text("subject", request.subject()),
                        RequestInput.role(request.role()),
                        RequestInput.client(request.clientId()),
                        Optional.ofNullable(request.resource()),
                        Optional.ofNullable(request.expiresAt())));
    }

    @Requires("assign:roles")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, Identity identity, @PathVariable AssignmentId id) {
        assignments.revoke(identity, caller.scope(), id);
    }
}
