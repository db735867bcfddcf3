package dev.patchbay.sandbox;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Dependencies between packages and between classes point one way. */
class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.patchbay.sandbox");

    @Test
    void noCycleBetweenPackages() {
        SlicesRuleDefinition.slices()
                .assignedFrom(by("package", JavaClass::getPackageName))
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void noCycleBetweenTopLevelClasses() {
        SlicesRuleDefinition.slices()
                .assignedFrom(by("top-level class", ArchitectureTests::topLevelName))
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    private static String topLevelName(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTests::topLevelName).orElse(type.getName());
    }

    /** Groups the sandbox's own classes; others, such as the JDK's, are in no slice. */
    private static SliceAssignment by(String description, Function<JavaClass, String> group) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith("dev.patchbay.sandbox")
                        ? SliceIdentifier.of(group.apply(type))
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return description;
            }
        };
    }
}
