package dev.patchbay.iam.web;

import dev.patchbay.iam.AssignmentId;
import dev.patchbay.iam.GroupId;
import dev.patchbay.iam.InvitationId;
import dev.patchbay.iam.RoleId;
import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.TokenId;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds authentication and required permissions to the OpenAPI description at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        // These arguments come from authentication, not from a body or a parameter.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Identity.class);
        // Ids are plain strings in JSON.
        List.of(
                        TenantId.class,
                        ClientId.class,
                        UserId.class,
                        ConnectionId.class,
                        EventId.class,
                        FlowId.class,
                        RunId.class,
                        AssignmentId.class,
                        GroupId.class,
                        InvitationId.class,
                        RoleId.class,
                        SessionId.class,
                        TokenId.class,
                        CorrelationId.class)
                .forEach(id -> SpringDocUtils.getConfig().replaceWithClass(id, String.class));
        // Any JSON value.
        SpringDocUtils.getConfig().replaceWithSchema(JsonNode.class, new Schema<>());
        SpringDocUtils.getConfig().replaceWithSchema(ObjectNode.class, ProblemDescription.ofType("object"));
    }

    /** The CSRF header of session requests that change something. */
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
                // Without it the address of the request would stand here.
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
                                        .name(cookies.sessionName())
                                        .description(
                                                "A person's session, begun at /sign-in; __Host-patchbay over https"))
                        .addSecuritySchemes(
                                CSRF,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name(SessionFilter.CSRF_HEADER)
                                        .description("What the cookie " + cookies.csrfName()
                                                + " holds (__Host-patchbay-csrf over https), with a session's request that changes"
                                                + " something")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .addSecurityItem(new SecurityRequirement().addList(SESSION));
    }

    /** Operations that change something need the CSRF token with a session; public operations need nothing. */
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
    GlobalOpenApiCustomizer schemaCustomizer() {
        return new SchemaCustomizer();
    }

    /** Bodies that are read as bytes are text: flow files. */
    @Bean
    GlobalOpenApiCustomizer textBodies() {
        return api -> api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> Stream.ofNullable(operation.getRequestBody()))
                .flatMap(body -> body.getContent().values().stream())
                .flatMap(media -> Stream.ofNullable(media.getSchema()))
                .filter(schema -> "byte".equals(schema.getFormat()))
                .forEach(schema -> schema.setFormat(null));
    }

    @Bean
    GlobalOpenApiCustomizer problemResponses() {
        return new ProblemDescription();
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
