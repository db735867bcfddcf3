package dev.patchbay;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Only {@code connections.http}, which checks the destination, sends requests to other servers (ADR 0009). */
class EgressTests {

    private static final JavaClasses PLATFORM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("dev.patchbay");

    @Test
    void onlyConnectionsHttpOpensConnections() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.patchbay.connections.http..", "dev.patchbay.sandbox..", "dev.patchbay.postgres..")
                // In development only: the sandbox's control API is no provider of a tenant.
                .and()
                .doNotHaveFullyQualifiedName("dev.patchbay.demo.DemoData")
                .should()
                .dependOnClassesThat(
                        describe(
                                "open connections",
                                it -> it.getName().startsWith("java.net.http.")
                                        || it.getName().startsWith("java.nio.channels.SocketChannel")
                                        || it.getName().startsWith("javax.net.")
                                        || it.getName().startsWith("org.apache.hc.")
                                        || it.getName().startsWith("org.springframework.web.client.")
                                        || it.getName()
                                                .matches(
                                                        "java\\.net\\.(Datagram|Server|Multicast)?Socket|java\\.net\\.(Http)?URLConnection|java\\.net\\.URL")))
                .check(PLATFORM);
    }
}
