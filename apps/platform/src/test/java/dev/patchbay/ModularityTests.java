package dev.patchbay;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void dependenciesPointOneWay() {
        // The libraries beside the platform share its name, not its modules.
        var libraries = JavaClass.Predicates.resideInAnyPackage(
                "dev.patchbay.flowlanguage..", "dev.patchbay.postgres..", "dev.patchbay.sandbox..");

        ApplicationModules.of(PatchbayApplication.class, libraries).verify();
    }
}
