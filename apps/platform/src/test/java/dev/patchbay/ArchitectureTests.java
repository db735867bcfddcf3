package dev.patchbay;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.patchbay.testing.Sources;
import java.util.List;
import java.util.Map;
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
                .resideOutsideOfPackages("dev.patchbay.kernel..", "dev.patchbay.integrations..")
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
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    /** A context that outgrows this holds a second one: find its noun. */
    private static final double MAX_PERCENT_A_CONTEXT = 14;

    @Test
    void noContextOutgrowsItsShareOfTheProductionLines() {
        Map<String, Long> lines = Sources.productionLines();
        long all = lines.values().stream().mapToLong(Long::longValue).sum();
        List<String> tooLarge = lines.keySet().stream()
                .filter(context -> !context.isEmpty())
                .filter(context -> 100.0 * lines.getOrDefault(context, 0L) / all > MAX_PERCENT_A_CONTEXT)
                .toList();

        assertThat(lines).as("the contexts are found").containsKeys("flows", "iam", "livecalls");
        assertThat(tooLarge)
                .as(
                        "contexts with more than %s %% of %d lines; lines by context: %s",
                        MAX_PERCENT_A_CONTEXT, all, lines)
                .isEmpty();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type);
    }
}
