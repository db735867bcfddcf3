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
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantScope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Admits a request to a controller's method when its caller holds the permissions that the method {@link Requires}, with the scope in
 * which they hold them. A method without such an annotation is closed to all callers.
 */
@Component
final class AuthorizationInterceptor implements HandlerInterceptor {

    private static final String OWN_PACKAGE = "dev.patchbay.";

    private final Access access;

    AuthorizationInterceptor(Access access) {
        this.access = access;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        authorize(request, handler);
        return true;
    }

    /** @throws Problem {@code 401.unauthenticated}; {@code 403.forbidden} */
    void authorize(HttpServletRequest request, Object handler) {
        // An error dispatch belongs to a request that was refused before.
        if (request.getDispatcherType() != DispatcherType.ERROR
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OWN_PACKAGE)
                && !method.hasMethodAnnotation(PermitAll.class)) {
            Identity identity = identity(request);
            TenantScope scope = scope(request, identity, method);
            // Without an end: the request's thread is its own, and CorrelationFilter clears what remains.
            TenantContext.open(identity.tenant(), scope.client());
            request.setAttribute(
                    Caller.class.getName(),
                    new Caller(scope, identity.subject(), permission -> access.findScope(identity, permission)));
        }
    }

    static Identity identity(HttpServletRequest request) {
        return Identity.of(request)
                .orElseThrow(() -> new Problem(ProblemType.UNAUTHENTICATED, SecurityConfiguration.HOW_TO_AUTHENTICATE));
    }

    /** The caller with whom this request was admitted. */
    static Optional<Caller> findCaller(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(Caller.class.getName()));
    }

    private TenantScope scope(HttpServletRequest request, Identity identity, HandlerMethod method) {
        Requires requirement = method.getMethodAnnotation(Requires.class);
        if (requirement == null) {
            if (method.hasMethodAnnotation(Authenticated.class)) {
                return TenantScope.of(identity.tenant());
            }
            throw new Problem(ProblemType.FORBIDDEN, "This path is closed to all callers.");
        }
        return Arrays.stream(requirement.value())
                .map(Permission::of)
                .map(permission -> requireScope(request, identity, requirement, permission))
                .reduce((one, other) -> one.intersect(other).orElseThrow(Caller::apart))
                .orElseThrow();
    }

    private TenantScope requireScope(
            HttpServletRequest request, Identity identity, Requires requirement, Permission permission) {
        Optional<TenantScope> held = access.findScope(identity, permission);
        boolean sufficient = held.filter(scope -> scope.isWholeTenant() || !requirement.tenantWide())
                .isPresent();
        if (sufficient) {
            return held.get();
        }
        if (!requirement.resource().isEmpty()
                && access.holds(identity, permission, resourceName(request, requirement.resource()))) {
            return TenantScope.of(identity.tenant());
        }
        String where = held.isPresent() ? " for the whole agency" : "";
        throw new Problem(ProblemType.FORBIDDEN, "This needs the permission " + permission + where + ".");
    }

    /** The resource that the path names, for example {@code flows/flw_…} for {@code flows/{id}}. */
    private static String resourceName(HttpServletRequest request, String template) {
        String name = template;
        for (var variable : variables(request).entrySet()) {
            name = name.replace("{" + variable.getKey() + "}", String.valueOf(variable.getValue()));
        }
        return name;
    }

    private static Map<?, ?> variables(HttpServletRequest request) {
        @Nullable Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map ? map : Map.of();
    }
}
