package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Resolves {@link Caller} and {@link Identity} arguments of controllers; answers 401 when the request has none. */
@Configuration(proxyBeanMethods = false)
class CallerArgumentResolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private final AuthorizationInterceptor authorizationInterceptor;

    CallerArgumentResolver(AuthorizationInterceptor authorizationInterceptor) {
        this.authorizationInterceptor = authorizationInterceptor;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(authorizationInterceptor);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class || parameter.getParameterType() == Identity.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var served = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        if (parameter.getParameterType() == Identity.class) {
            return AuthorizationInterceptor.identity(served);
        }
        return AuthorizationInterceptor.findCaller(served)
                .orElseThrow(() -> new Problem(ProblemType.UNAUTHENTICATED, SecurityConfiguration.HOW_TO_AUTHENTICATE));
    }
}
