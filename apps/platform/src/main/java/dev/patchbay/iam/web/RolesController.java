package dev.patchbay.iam.web;

import dev.patchbay.iam.RoleId;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.CustomRole;
import dev.patchbay.iam.access.CustomRoles;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Permissions;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.access.RoleDraft;
import dev.patchbay.iam.access.SystemRole;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Permission;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The permissions there are, and the roles that bundle them. */
@RestController
@RequestMapping("/api/v1/iam")
final class RolesController {

    private final CustomRoles roles;

    RolesController(CustomRoles roles) {
        this.roles = roles;
    }

    record PermissionResponse(String permission, String description, boolean platform) {}

    @Authenticated
    @GetMapping("/permissions")
    Page<PermissionResponse> permissions() {
        return new Page<>(
                Permissions.all().entrySet().stream()
                        .map(one -> new PermissionResponse(
                                one.getKey().toString(), one.getValue(), Permissions.isPlatform(one.getKey())))
                        .toList(),
                null);
    }

    /**
     * @param id as assignments name it
     * @param system whether every agency has it and cannot change it
     * @param assignableFor {@code tenant}, {@code client}, {@code resource}
     */
    record RoleResponse(
            RoleId id,
            String name,
            String description,
            boolean system,
            List<String> assignableFor,
            List<String> permissions) {

        private static RoleResponse of(SystemRole role) {
            return new RoleResponse(
                    new RoleId(role.name()),
                    role.name(),
                    role.description(),
                    true,
                    lowerCase(Stream.of(SystemRole.Target.values()).filter(role.targets()::contains)),
                    role.permissions().stream().map(Permission::toString).toList());
        }

        private static RoleResponse of(CustomRole role) {
            return new RoleResponse(
                    role.id(),
                    role.name(),
                    role.description(),
                    false,
                    lowerCase(Stream.of(SystemRole.Target.values())),
                    role.permissions());
        }

        private static List<String> lowerCase(Stream<SystemRole.Target> reaches) {
            return reaches.map(target -> target.name().toLowerCase(java.util.Locale.ROOT))
                    .toList();
        }
    }

    @Requires("read:roles")
    @GetMapping("/roles")
    Page<RoleResponse> list(Caller caller) {
        return new Page<>(
                Stream.concat(
                                SystemRole.ALL.stream().map(RoleResponse::of),
                                roles.list(caller.scope().tenant()).stream().map(RoleResponse::of))
                        .toList(),
                null);
    }

    record RoleRequest(
            @Nullable String name,
            @Nullable String description,
            @Nullable List<String> permissions) {

        private RoleDraft toDraft() {
            return new RoleDraft(
                    RequestInput.name(name),
                    Objects.requireNonNullElse(description, ""),
                    RequestInput.permissions(permissions));
        }
    }

    @Requires(value = "write:roles", tenantWide = true)
    @PostMapping("/roles")
    @ResponseStatus(HttpStatus.CREATED)
    RoleResponse create(Identity identity, @RequestBody RoleRequest request) {
        return RoleResponse.of(roles.create(identity, request.toDraft()));
    }

    @Requires(value = "write:roles", tenantWide = true)
    @PutMapping("/roles/{id}")
    RoleResponse change(Identity identity, @PathVariable RoleId id, @RequestBody RoleRequest request) {
        return RoleResponse.of(roles.change(identity, id, request.toDraft()));
    }

    @Requires(value = "write:roles", tenantWide = true)
    @DeleteMapping("/roles/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Identity identity, @PathVariable RoleId id) {
        roles.delete(identity, id);
    }
}
