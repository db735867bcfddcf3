package dev.patchbay.demo;

import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;

/**
 * In development, fills in the sandbox for whatever is not configured: the OpenID Connect issuer, the OAuth apps and the SMTP
 * server. Their settings name no sandbox themselves. Runs before the settings are bound.
 */
@Component
@ConditionalOnProperty(name = "patchbay.environment", havingValue = "dev")
final class SandboxDefaults implements BeanFactoryPostProcessor, EnvironmentAware {

    /** The client ids and secrets that {@link DemoConnections} and {@link DemoUser} register at the sandbox; they protect nothing. */
    static final String SIGN_IN_CLIENT = "patchbay-sign-in";

    static final String SIGN_IN_SECRET = "sandbox";
    static final String OAUTH_SECRET = "known-to-everybody";

    private ConfigurableEnvironment environment = new StandardEnvironment();

    static String oauthClient(String provider) {
        return provider + "-demo";
    }

    /** By a setter: a bean this early has no constructor arguments. */
    @Override
    public void setEnvironment(Environment environment) {
        this.environment = (ConfigurableEnvironment) environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        environment.getPropertySources().addFirst(new MapPropertySource("sandbox defaults", defaults()));
    }

    /** Each group as a whole, so that no setting of the sandbox is mixed with those of another server. */
    Map<String, Object> defaults() {
        String sandbox = text("sandbox-url", "http://127.0.0.1:4010");
        var defaults = new HashMap<String, Object>();
        if (isUnset("oidc.issuer")) {
            defaults.put("patchbay.oidc.issuer", sandbox + "/google");
            defaults.put("patchbay.oidc.client-id", SIGN_IN_CLIENT);
            defaults.put("patchbay.oidc.client-secret", SIGN_IN_SECRET);
            defaults.put("patchbay.oidc.hosted-domain", "");
            defaults.put("patchbay.oidc.prompt", "select_account");
        }
        for (String provider : new String[] {"google", "highlevel"}) {
            String app = "oauth." + provider + ".";
            if (isUnset(app + "client-id") || isUnset(app + "client-secret")) {
                defaults.put("patchbay." + app + "client-id", oauthClient(provider));
                defaults.put("patchbay." + app + "client-secret", OAUTH_SECRET);
                defaults.put("patchbay." + app + "base-url", sandbox + "/" + provider);
            }
        }
        if (isUnset("mail.host")) {
            defaults.put("patchbay.mail.host", "127.0.0.1");
            defaults.put("patchbay.mail.port", text("sandbox-mail-port", "4025"));
            defaults.put("patchbay.mail.start-tls", "false");
        }
        return defaults;
    }

    private boolean isUnset(String name) {
        return text(name, "").isEmpty();
    }

    private String text(String name, String unset) {
        return Binder.get(environment).bind("patchbay." + name, String.class).orElse(unset);
    }
}
