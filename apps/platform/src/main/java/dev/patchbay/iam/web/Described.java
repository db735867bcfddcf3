package dev.patchbay.iam.web;

import dev.patchbay.iam.Caller;
import dev.patchbay.iam.Identity;
import dev.patchbay.iam.Requires;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /v3/api-docs} says beside what the controllers say themselves: how to be known, and what each call requires. */
@Configuration(proxyBeanMethods = false)
class Described {

    static {
        // Who calls comes with the request, and is nothing that is sent in a body or a parameter.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Identity.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Patchbay")
                                .version("v1")
                                .description(
                                        "Errors are application/problem+json with a stable `code`. Lists answer `{items, next}`."))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A service token, pbt_…")))
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }

    @Bean
    OperationCustomizer requirements() {
        return (operation, method) -> {
            Requires required = method.getMethodAnnotation(Requires.class);
            if (required != null) {
                operation.addExtension("x-requires", required.value());
                operation
                        .getResponses()
                        .addApiResponse("403", new ApiResponse().description("The permission is missing"));
            }
            operation.setOperationId(method.getBeanType().getSimpleName().replace("Controller", "") + "_"
                    + method.getMethod().getName());
            return operation;
        };
    }
}
