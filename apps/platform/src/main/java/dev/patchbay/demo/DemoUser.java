package dev.patchbay.demo;

import dev.patchbay.iam.RoleId;
import dev.patchbay.iam.access.NewAssignment;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes a user of the demo with a role and an account at the sandbox's Google.
 *
 * @param subject {@code sub} of that account
 * @param clientId the only client to which the role applies; null means the whole agency
 */
record DemoUser(
        TenantId tenant,
        String email,
        String name,
        String subject,
        String role,
        @Nullable String clientId) {

    static final List<DemoUser> ALL = List.of(
            of(DemoTenant.ID, "ada@bright.example", "Ada Byron", "1001", "tenant-admin", null),
            of(DemoTenant.ID, "finn@bright.example", "Finn Weber", "1002", "flow-manager", null),
            of(DemoTenant.ID, "nora@northside.example", "Nora Diaz", "1003", "client-admin", "cli_northside"),
            of(DemoTenant.ID, "omar@harbor.example", "Omar Haddad", "1004", "client-operator", "cli_harbor"),
            of(DemoTenant.ID, "vera@harbor.example", "Vera Lind", "1005", "client-viewer", "cli_harbor"),
            of(Tenants.PLATFORM, "pat@patchbay.example", "Pat Reyes", "1006", "platform-admin", null));

    private static DemoUser of(
            TenantId tenant, String email, String name, String number, String role, @Nullable String clientId) {
        return new DemoUser(tenant, email, name, "11000000000000000" + number, role, clientId);
    }

    /** Adds each user with their role; repeating it changes nothing. */
    static void addAll(Tenants tenants, Users users, RoleAssignments assignments, String issuer) {
        tenants.save(Tenants.PLATFORM, "Platform");
        for (DemoUser person : ALL) {
            UserId id = users.addActive(person.tenant(), person.email(), person.name(), issuer, person.subject());
            try {
                assignments.assign("system", person.tenant(), person.assignmentFor(id));
            } catch (Problem problem) {
                if (problem.type() != ProblemType.ACCESS_CONFLICT) {
                    throw problem;
                }
            }
        }
    }

    private NewAssignment assignmentFor(UserId user) {
        return new NewAssignment(
                user.value(),
                new RoleId(role),
                Optional.ofNullable(clientId).map(ClientId::new),
                Optional.empty(),
                Optional.empty());
    }

    /** Adds the users' accounts to those that are set up at the sandbox's Google. */
    static void addAccounts(ObjectNode accounts, URI callback) {
        var signIn = accounts.putObject("googleSignIn")
                .put("clientId", SandboxDefaults.SIGN_IN_CLIENT)
                .put("clientSecret", SandboxDefaults.SIGN_IN_SECRET);
        signIn.putArray("redirectUris").add(callback.toString());
        var people = signIn.putArray("people");
        for (DemoUser person : ALL) {
            people.addObject()
                    .put("email", person.email())
                    .put("name", person.name())
                    .put("sub", person.subject())
                    .put("hd", person.email().substring(person.email().indexOf('@') + 1));
        }
    }
}
