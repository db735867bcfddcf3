package dev.patchbay.kernel.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** Serves the portal where no controller answers, before the static files of the platform's own small pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PortalSettings.class)
class PortalConfiguration {

    private static final int BEFORE_STATIC_FILES = Ordered.LOWEST_PRECEDENCE - 2;

    @Bean
    HandlerMapping portalMapping(PortalSettings settings) {
        PortalFiles ofJar = PortalFiles.load(null);
        var handler =
                new PortalHandler(() -> settings.directory() == null ? ofJar : PortalFiles.load(settings.directory()));
        var mapping = new AbstractHandlerMapping() {
            @Override
            protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
                return handler.accepts(request) ? handler : null;
            }
        };
        mapping.setOrder(BEFORE_STATIC_FILES);
        return mapping;
    }
}
