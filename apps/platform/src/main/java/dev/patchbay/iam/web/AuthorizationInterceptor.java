package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Lets a request through to a method of ours when its caller holds what the method {@link Requires}, with the scope in
 * which they do. A method that says nothing is called by nobody.
 */
@Component
final class AuthorizationInterceptor implements HandlerInterceptor {

    private static final String OURS = "dev.patchbay.";

    private final Access access;

    AuthorizationInterceptor(Access access) {
        this.access = access;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // What is told of an error comes after whoever refused the request.
        if (request.getDispatcherType() != DispatcherType.ERROR
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)
                && !method.hasMethodAnnotation(PermitAll.class)) {
            Identity identity = identity(request);
            TenantScope scope = scope(request, identity, method);
            request.setAttribute(
                    Caller.class.getName(),
                    new Caller(scope, identity.subject(), permission -> access.reach(identity, permission)));
        }
        return true;
    }

    static Identity identity(HttpServletRequest request) {
        return Identity.of(request)
                .orElseThrow(() -> new Problem(ProblemType.UNAUTHENTICATED, SecurityConfiguration.HOW_TO_BE_KNOWN));
    }

    /** The caller whom this request was let through with. */
    static Optional<Caller> admitted(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(Caller.class.getName()));
    }

    private TenantScope scope(HttpServletRequest request, Identity identity, HandlerMethod method) {
        Requires needed = method.getMethodAnnotation(Requires.class);
        if (needed == null) {
            if (method.hasMethodAnnotation(Authenticated.class)) {
                return TenantScope.of(identity.tenant());
            }
            throw new Problem(ProblemType.FORBIDDEN, "Nobody may use this address.");
        }
        return Arrays.stream(needed.value())
                .map(Permission::of)
                .map(permission -> reach(request, identity, needed, permission))
                .reduce(AuthorizationInterceptor::both)
                .orElseThrow();
    }

    private TenantScope reach(HttpServletRequest request, Identity identity, Requires needed, Permission permission) {
        Optional<TenantScope> reach = access.reach(identity, permission);
        boolean enough = reach.filter(scope -> scope.isWholeTenant() || !needed.tenantWide())
                .isPresent();
        if (enough) {
            return reach.get();
        }
        if (!needed.resource().isEmpty() && access.holds(identity, permission, named(request, needed.resource()))) {
            return TenantScope.of(identity.tenant());
        }
        String where = reach.isPresent() ? " for the whole agency" : "";
        throw new Problem(ProblemType.FORBIDDEN, "This needs the permission " + permission + where + ".");
    }

    /** What the path names, for example {@code flows/flw_…} for {@code flows/{id}}. */
    private static String named(HttpServletRequest request, String template) {
        String named = template;
        for (var variable : variables(request).entrySet()) {
            named = named.replace("{" + variable.getKey() + "}", String.valueOf(variable.getValue()));
        }
        return named;
    }

    private static Map<?, ?> variables(HttpServletRequest request) {
        @Nullable Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Where both are allowed. */
    private static TenantScope both(TenantScope one, TenantScope other) {
        if (one.isWholeTenant() || other.isWholeTenant()) {
            return one.isWholeTenant() ? other : one;
        }
        var common = new HashSet<>(one.clients().orElseThrow());
        common.retainAll(other.clients().orElseThrow());
        return TenantScope.of(one.tenant(), common);
    }
}
