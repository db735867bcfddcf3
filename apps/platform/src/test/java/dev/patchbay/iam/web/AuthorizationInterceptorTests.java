package dev.patchbay.iam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.iam.RoleId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.CustomRoles;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.NewAssignment;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.access.RoleDraft;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.PatchbayTest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/** Admission of requests to controller methods, and their scope. */
@PatchbayTest
class AuthorizationInterceptorTests {

    @Autowired
    private PeopleFixture people;

    @Autowired
    private CustomRoles roles;

    @Autowired
    private RoleAssignments assignments;

    @Autowired
    private Access access;

    private TenantId tenant = new TenantId("tnt_unset");
    private ClientId north = new ClientId("cli_unset");
    private UserId ben = new UserId("usr_unset");

    /** Methods with a requirement, and one without. */
    public static final class Methods {

        @Requires({"read:runs", "read:events"})
        public void both() {}

        @Requires(value = "run:flows", resource = "flows/{id}")
        public void resource() {}

        @Authenticated
        public void authenticated() {}

        public void undeclared() {}
    }

    private record TestPrincipal(Identity identity) implements Identity.Principal {}

    @BeforeEach
    void createViewerOfNorth() {
        tenant = people.createTenant();
        north = people.createClient(tenant, "North");
        ben = people.createUser(tenant, "Ben");
        people.assign(tenant, ben, "client-viewer", Optional.of(north));
    }

    private MockHttpServletRequest request() {
        var request = new MockHttpServletRequest("GET", "/api/v1/things");
        request.setUserPrincipal(
                new TestingAuthenticationToken(new TestPrincipal(PeopleFixture.identityOf(tenant, ben)), "none"));
        return request;
    }

    private TenantScope scope(String method, MockHttpServletRequest request) throws NoSuchMethodException {
        assertThat(new AuthorizationInterceptor(
                                access, new io.micrometer.core.instrument.simple.SimpleMeterRegistry(), event -> {})
                        .preHandle(request, new MockHttpServletResponse(), new HandlerMethod(new Methods(), method)))
                .isTrue();
        return AuthorizationInterceptor.findCaller(request).map(Caller::scope).orElseThrow();
    }

    private void grantTenantWide(String permission) {
        var role = roles.create(
                PeopleFixture.adminIdentity(tenant), new RoleDraft(permission, "", Set.of(Permission.of(permission))));
        people.assign(tenant, ben, role.id().value(), Optional.empty());
    }

    @Test
    void theScopeIsTheIntersectionOfAllPermissions() throws NoSuchMethodException {
        var ofNorth = TenantScope.of(tenant, north);
        assertThat(scope("both", request())).isEqualTo(ofNorth);
        grantTenantWide("read:runs");
        assertThat(scope("both", request())).isEqualTo(ofNorth);
        grantTenantWide("read:events");
        assertThat(scope("both", request())).isEqualTo(TenantScope.of(tenant));
    }

    @Test
    void theNarrowerScopeWinsInEitherOrder() throws NoSuchMethodException {
        grantTenantWide("read:events");
        assertThat(scope("both", request())).isEqualTo(TenantScope.of(tenant, north));
    }

    @Test
    void aResourceAssignmentAllowsThatResourceOnly() throws NoSuchMethodException {
        assignments.assign(
                "system",
                tenant,
                new NewAssignment(
                        ben.value(),
                        new RoleId("flow-manager"),
                        Optional.empty(),
                        Optional.of("flows/flw_1"),
                        Optional.empty()));
        var request = request();
        request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("id", "flw_1"));
        assertThat(scope("resource", request)).isEqualTo(TenantScope.of(tenant));
        request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("id", "flw_2"));
        assertThatThrownBy(() -> scope("resource", request)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> scope("resource", request())).hasMessageContaining("run:flows");
    }

    @Test
    void aMethodWithoutARequirementIsForbidden() throws NoSuchMethodException {
        assertThat(scope("authenticated", request())).isEqualTo(TenantScope.of(tenant));
        assertThatThrownBy(() -> scope("undeclared", request())).hasMessageContaining("closed to all");
    }

    @Test
    void anUnknownPrincipalIsUnauthenticated() {
        var stranger = new MockHttpServletRequest();
        assertThat(Identity.of(stranger)).isEmpty();
        stranger.setUserPrincipal(() -> "somebody");
        assertThat(Identity.of(stranger)).isEmpty();
        stranger.setUserPrincipal(new TestingAuthenticationToken("somebody", "none"));
        assertThat(Identity.of(stranger)).isEmpty();
        assertThatThrownBy(() -> scope("both", stranger)).hasMessageContaining("service token");
    }

    @Test
    void onlyThePlatformTenantHasAPlatformAdmin() {
        assertThatThrownBy(() -> people.assign(tenant, ben, "platform-admin", Optional.empty()))
                .hasMessageContaining("no role platform-admin");
        people.createPlatformTenant();
        UserId pat = people.createUser(Tenants.PLATFORM, "Pat");
        people.assign(Tenants.PLATFORM, pat, "platform-admin", Optional.empty());
        assertThat(access.findScope(PeopleFixture.identityOf(Tenants.PLATFORM, pat), Permission.of("operate:platform")))
                .isPresent();
    }
}
