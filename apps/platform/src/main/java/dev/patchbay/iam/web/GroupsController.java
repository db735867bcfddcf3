package dev.patchbay.iam.web;

import dev.patchbay.iam.GroupId;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.people.Group;
import dev.patchbay.iam.people.Groups;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Groups of users, of the agency or of one client. */
@RestController
@RequestMapping("/api/v1/iam/groups")
final class GroupsController {

    private final Groups groups;

    GroupsController(Groups groups) {
        this.groups = groups;
    }

    @Requires("read:groups")
    @GetMapping
    Page<Group> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int pageSize = Math.clamp(limit, 1, 200);
        return Page.of(
                groups.list(caller.scope(), pageSize + 1, after),
                pageSize,
                group -> group.id().value());
    }

    /** @param clientId the client it belongs to; without one the agency */
    record GroupRequest(@Nullable String name, @Nullable String clientId) {}

    @Requires("write:groups")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Group create(Caller caller, Identity identity, @RequestBody GroupRequest request) {
        return groups.create(
                identity, caller.scope(), RequestInput.name(request.name()), RequestInput.client(request.clientId()));
    }

    @Requires("write:groups")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, Identity identity, @PathVariable GroupId id) {
        groups.delete(identity, caller.scope(), id);
    }

    @Requires("write:groups")
    @PutMapping("/{id}/members/{userId}")
    Group addMember(Caller caller, Identity identity, @PathVariable GroupId id, @PathVariable UserId userId) {
        return groups.addMember(identity, caller.scope(), id, userId);
    }

    @Requires("write:groups")
    @DeleteMapping("/{id}/members/{userId}")
    Group removeMember(Caller caller, Identity identity, @PathVariable GroupId id, @PathVariable UserId userId) {
        return groups.removeMember(identity, caller.scope(), id, userId);
    }
}
