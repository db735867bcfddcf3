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
import dev.patchbay.kernel.Refusal;
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Admits a request to a controller's method when its caller holds the permissions that the method {@link Requires}, and
 * determines the scope in which they hold them. A method without such an annotation is closed to all callers.
 */
@Component
final class AuthorizationInterceptor implements HandlerInterceptor {

    private static final String OWN_PACKAGE = "dev.patchbay.";

    private final Access access;
    private final MeterRegistry meters;
    private final ApplicationEventPublisher events;

    AuthorizationInterceptor(Access access, MeterRegistry meters, ApplicationEventPublisher events) {
        this.access = access;
        this.meters = meters;
        this.events = events;
    }

    /** Counts the requests of each tenant, so that an operator sees which tenant causes the load. */
    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        findCaller(request).ifPresent(caller -> count(caller.scope().tenant(), response.getStatus() / 100 + "xx"));
    }

    private void count(TenantId tenant, String outcome) {
        meters.counter("tenant.requests", "tenant", tenant.value(), "outcome", outcome)
                .increment();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        authorize(request, handler);
        return true;
    }

    /**
     * Authorizes the request and stores its {@link Caller}.
     *
     * @throws Problem {@code 401.unauthenticated}; {@code 403.forbidden}
     */
    void authorize(HttpServletRequest request, Object handler) {
        // An error dispatch belongs to a request that was refused before.
        if (request.getDispatcherType() != DispatcherType.ERROR
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OWN_PACKAGE)
                && !method.hasMethodAnnotation(PermitAll.class)) {
            Identity identity = identity(request);
            TenantScope scope = scope(request, identity, method);
            // The scope is never closed: the request's thread is its own, and CorrelationFilter clears what remains.
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

    /** Returns the caller for whom this request was admitted. */
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
        count(identity.tenant(), "4xx");
        meters.counter("access.denied", "permission", permission.toString()).increment();
        events.publishEvent(new Refusal(
                TenantScope.of(identity.tenant()),
                identity.subject(),
                "access.denied",
                "permission/" + permission,
                "denied"));
        String where = held.isPresent() ? " for the whole agency" : "";
        throw new Problem(ProblemType.FORBIDDEN, "This needs the permission " + permission + where + ".");
    }

    /** Returns the resource that the path names, for example {@code flows/flw_…} for {@code flows/{id}}. */
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
