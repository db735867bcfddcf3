package dev.patchbay.iam.web;

import dev.patchbay.iam.access.RequestAuthorization;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finds the controller's method for a request and applies {@link AuthorizationInterceptor} to it. */
@Component
final class HandlerAuthorization implements RequestAuthorization {

    private final AuthorizationInterceptor interceptor;
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    /** @param mappings looked up at the first request, because filters are created before controllers */
    HandlerAuthorization(
            AuthorizationInterceptor interceptor,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.interceptor = interceptor;
        this.mappings = mappings;
    }

    @Override
    public void authorize(HttpServletRequest request) {
        Object handler = find(request)
                .map(HandlerExecutionChain::getHandler)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "There is nothing at this path."));
        interceptor.authorize(request, handler);
    }

    private Optional<HandlerExecutionChain> find(HttpServletRequest request) {
        ServletRequestPathUtils.parseAndCache(request);
        try {
            HandlerMapping mapping = mappings.getObject();
            @Nullable HandlerExecutionChain found = mapping.getHandler(request);
            return Optional.ofNullable(found);
        } catch (Exception noSuchMethodOrMediaType) {
            return Optional.empty();
        }
    }
}
