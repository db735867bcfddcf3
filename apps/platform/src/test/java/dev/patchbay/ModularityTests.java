package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.patchbay.testing.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

class ModularityTests {

    private static final Path DOCUMENTATION = Sources.ROOT.resolve("docs/modules");

    // The libraries beside the platform share its name, not its modules.
    private static final ApplicationModules MODULES = ApplicationModules.of(
            PatchbayApplication.class,
            JavaClass.Predicates.resideInAnyPackage(
                    "dev.patchbay.flowlanguage..", "dev.patchbay.postgres..", "dev.patchbay.sandbox.."));

    @Test
    void dependenciesPointOneWay() {
        MODULES.verify();
    }

    /** To write the files anew: {@code -Dpatchbay.write-modules=true}. */
    @Test
    void documentationOfModulesMatchesTheCode(@TempDir Path generated) throws IOException {
        boolean write = Boolean.getBoolean("patchbay.write-modules");
        new Documenter(
                        MODULES,
                        Documenter.Options.defaults().withOutputFolder((write ? DOCUMENTATION : generated).toString()))
                .writeModulesAsPlantUml(Documenter.DiagramOptions.defaults())
                .writeModuleCanvases(Documenter.CanvasOptions.defaults());

        assertThat(files(write ? DOCUMENTATION : generated)).isEqualTo(files(DOCUMENTATION));
    }

    /** The lines of each file, sorted: the generator lists modules and beans in the order in which the file system lists classes. */
    private static Map<String, List<String>> files(Path folder) throws IOException {
        Map<String, List<String>> texts = new TreeMap<>();
        try (var found = Files.list(folder)) {
            found.forEach(file -> texts.put(
                    file.getFileName().toString(),
                    Sources.read(file).lines().sorted().toList()));
        }
        return texts;
    }
}
