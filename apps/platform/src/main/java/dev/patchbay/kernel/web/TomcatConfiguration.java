package dev.patchbay.kernel.web;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures Tomcat's own error responses and the management port. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatCustomizer(ManagementSettings settings) {
        return factory -> {
            factory.addContextCustomizers(context ->
                    ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReportValve.class.getName()));
            if (settings.isSeparate()) {
                var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
                connector.setPort(settings.managementPort());
                connector.setProperty("address", settings.managementAddress());
                connector.setXpoweredBy(false);
                factory.addAdditionalConnectors(connector);
            }
        };
    }
}
