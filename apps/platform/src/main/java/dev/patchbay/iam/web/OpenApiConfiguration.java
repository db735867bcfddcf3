package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /v3/api-docs} says beside what the controllers say themselves: how to be known, and what each call requires. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        // Who calls comes with the request, and is nothing that is sent in a body or a parameter.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Identity.class);
        // Ids are plain strings outside.
        List.of(
                        TenantId.class,
                        ClientId.class,
                        UserId.class,
                        ConnectionId.class,
                        EventId.class,
                        FlowId.class,
                        RunId.class)
                .forEach(id -> SpringDocUtils.getConfig().replaceWithClass(id, String.class));
    }

    /** What a browser's session has to send with a request that changes something. */
    private static final String CSRF = "csrf";

    private static final String SESSION = "session";
    private static final String TOKEN = "token";

    @Bean
    OpenAPI openApi(SessionCookies cookies) {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Patchbay")
                                .version("v1")
                                .description(
                                        "Errors are application/problem+json with a stable `code`. Lists answer `{items, next}`."))
                // Without it the address that was asked would stand here.
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A service token, pbt_…"))
                        .addSecuritySchemes(
                                SESSION,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name(cookies.session())
                                        .description(
                                                "A person's session, begun at /sign-in; __Host-patchbay over https"))
                        .addSecuritySchemes(
                                CSRF,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name(SessionFilter.CSRF_HEADER)
                                        .description("What the cookie " + cookies.csrf()
                                                + " holds (__Host-patchbay-csrf over https), with a session's request that changes"
                                                + " something")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .addSecurityItem(new SecurityRequirement().addList(SESSION));
    }

    /** A session's request that changes something carries its CSRF token; what is open to all requires nothing. */
    @Bean
    GlobalOpenApiCustomizer csrfRequirements() {
        return api -> api.getPaths()
                .values()
                .forEach(path -> path.readOperationsMap().forEach((method, operation) -> {
                    if (!SessionFilter.SAFE_METHODS.contains(method.name()) && operation.getSecurity() == null) {
                        operation.setSecurity(List.of(
                                new SecurityRequirement().addList(TOKEN),
                                new SecurityRequirement().addList(SESSION).addList(CSRF)));
                    }
                }));
    }

    @Bean
    OperationCustomizer permissionRequirements() {
        return (operation, method) -> {
            Requires required = method.getMethodAnnotation(Requires.class);
            if (required != null) {
                operation.addExtension("x-requires", required.value());
                operation
                        .getResponses()
                        .addApiResponse("403", new ApiResponse().description("The permission is missing"));
            }
            if (method.hasMethodAnnotation(PermitAll.class)) {
                operation.setSecurity(List.of());
            }
            operation.setOperationId(method.getBeanType().getSimpleName().replace("Controller", "") + "_"
                    + method.getMethod().getName());
            return operation;
        };
    }
}
