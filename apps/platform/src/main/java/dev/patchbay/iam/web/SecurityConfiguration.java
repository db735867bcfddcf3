package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.web.ProblemWriter;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Denies by default. Webhooks verify their own signatures; health and metrics hold no tenant's data. The API takes a bearer
 * token, or a session with its CSRF token ({@link SessionFilter}). Spring's own sessions and CSRF tokens are not used.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    static final String HOW_TO_AUTHENTICATE =
            "Sign in at /sign-in, or send a service token as Authorization: Bearer pbt_…";

    /** The server's own paths. Those that are not explicitly permitted are denied. */
    private static final String[] SERVER_PATHS = {
        "/api/**", "/actuator/**", "/v3/**", "/error/**", "/connect/**", "/sign-in/**", "/sign-out/**", "/problems/**"
    };

    private final ProblemWriter problems;
    private final SessionFilter sessions;
    private final boolean isDev;

    SecurityConfiguration(ProblemWriter problems, Sessions sessions, SessionCookies cookies, Settings settings) {
        this.problems = problems;
        this.isDev = settings.environment() == Environment.DEV;
        this.sessions = new SessionFilter(sessions, cookies, problems, settings.publicUrl());
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, TokenIntrospector tokens) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/actuator/health", "/actuator/prometheus")
                        .permitAll()
                        .requestMatchers("/v3/api-docs")
                        .access((caller, context) -> new AuthorizationDecision(
                                isDev || Identity.of(context.getRequest()).isPresent()))
                        .requestMatchers(HttpMethod.GET, "/problems", "/problems/*")
                        .permitAll()
                        .requestMatchers("/sign-in", "/sign-in/callback", "/sign-out")
                        .permitAll()
                        .requestMatchers("/connect/*/start", "/connect/*/callback")
                        .permitAll()
                        .requestMatchers("/api/v1/**", "/ofrep/v1/**")
                        .authenticated()
                        .requestMatchers(SERVER_PATHS)
                        .denyAll()
                        // These are the portal's files and pages, including those that do not exist.
                        .requestMatchers(HttpMethod.GET)
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server -> server.opaqueToken(opaque -> opaque.introspector(tokens))
                        .authenticationEntryPoint(unauthenticated())
                        .accessDeniedHandler(forbidden()))
                .addFilterBefore(sessions, BearerTokenAuthenticationFilter.class)
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(unauthenticated()).accessDeniedHandler(forbidden()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Excludes webhooks, which are authenticated by their signatures, from the filter chain. */
    @Bean
    WebSecurityCustomizer withoutWebhooks() {
        return web -> web.ignoring().requestMatchers("/ingress/**");
    }

    private AuthenticationEntryPoint unauthenticated() {
        return (request, response, cause) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(request, response, new Problem(ProblemType.UNAUTHENTICATED, HOW_TO_AUTHENTICATE));
        };
    }

    private AccessDeniedHandler forbidden() {
        return (request, response, cause) -> problems.write(
                request, response, new Problem(ProblemType.FORBIDDEN, "This path is closed to all callers."));
    }
}
