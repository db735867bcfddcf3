package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CatalogueTests {

    private final Catalogue catalogue = Catalogue.standard();

    @Test
    void everyContractInPortsIsAFunction() {
        Set<String> functions = catalogue.functions().keySet();
        assertThat(contracts("contracts/ports"))
                .isEqualTo(functions.stream()
                        .flatMap(name -> Stream.of(name + ".input", name + ".output"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyContractInEventsIsAnEvent() {
        Set<String> files = contracts("contracts/events");
        files.remove("envelope");
        assertThat(files).isEqualTo(catalogue.events().keySet());
    }

    @Test
    void aCompensationTakesTheIdThatTheFunctionReturned() {
        assertThat(catalogue.functions().values())
                .filteredOn(function -> function.undoneBy().isPresent())
                .extracting(Function::name)
                .containsExactlyInAnyOrder("calendar.book", "calendar.hold");
        assertThat(catalogue.functions().values())
                .filteredOn(function -> function.undoneBy().isPresent())
                .allSatisfy(function -> {
                    assertThat(catalogue
                                    .functions()
                                    .getOrDefault(function.undoneBy().orElseThrow(), function)
                                    .input()
                                    .path("required")
                                    .toString())
                            .isEqualTo("[\"id\"]");
                    assertThat(function.output().path("properties").has("id")).isTrue();
                });
    }

    @Test
    void aMissingContractIsAnError() {
        assertThatThrownBy(() -> Catalogue.contract("nothing.json")).isInstanceOf(RuntimeException.class);
    }

    private static Set<String> contracts(String folder) {
        return Fixtures.files(folder)
                .map(file -> String.valueOf(file.getFileName()).replace(".schema.json", ""))
                .collect(Collectors.toSet());
    }
}
