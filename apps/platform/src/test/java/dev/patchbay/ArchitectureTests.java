package dev.patchbay;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shape that every context of the platform shares (CONTRIBUTING.md). Dependencies between contexts: ModularityTests. */
class ArchitectureTests {

    private static final JavaClasses PLATFORM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ArchitectureTests::isPlatform)
            .importPackages("dev.patchbay");

    /** The libraries and the sandbox share the prefix {@code dev.patchbay}. */
    private static boolean isPlatform(Location location) {
        return !location.matches(Pattern.compile(".*/dev/patchbay/(flowlanguage|postgres|sandbox|benchmark)/.*"));
    }

    private static final DescribedPredicate<JavaClass> SPEAK_SQL = describe(
            "speak SQL",
            it -> it.getName().startsWith("org.springframework.jdbc.")
                    || it.getName().matches("java\\.sql\\.(Connection|Statement|PreparedStatement|DriverManager)"));

    @Test
    void sqlLivesInRepositories() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.patchbay.kernel.database..")
                .and(describe(
                        "are no repositories",
                        it -> !outermost(it).getSimpleName().endsWith("Repository")))
                .should()
                .dependOnClassesThat(SPEAK_SQL)
                .because("a statement is found beside its table's other statements, in a …Repository")
                .check(PLATFORM);
    }

    @Test
    void repositoriesAreSeenInTheirPackageOnly() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Repository")
                .and()
                // Runs ask it for definitions; it splits when flows gets its entry points.
                .doNotHaveFullyQualifiedName("dev.patchbay.flows.internal.definition.FlowRepository")
                .should()
                .bePackagePrivate()
                .because("other packages call the service that owns the table")
                .check(PLATFORM);
    }

    @Test
    void entryPointsImportNothingInternal() {
        noClasses()
                .that(describe(
                        "are outside of an internal package",
                        it -> !it.getPackageName().contains(".internal")))
                .and()
                // The root and the controllers of flows still reach its internals: they wait for entry points like
                // those of effects.
                .resideOutsideOfPackages("dev.patchbay.kernel..", "dev.patchbay.integrations..", "dev.patchbay.flows..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..internal..")
                .because("a context is entered by its root or a named interface, and internals implement those")
                .check(PLATFORM);
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(PLATFORM);
    }

    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            // Flows is one slice until its root imports no internals.
            return SliceIdentifier.of(name.startsWith("dev.patchbay.flows") ? "dev.patchbay.flows" : name);
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type);
    }
}
