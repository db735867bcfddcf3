package dev.patchbay.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** The vendors' published test vectors, samples and contracts. Tests that read a missing file are skipped. */
public final class VendorReference {

    private VendorReference() {}

    public static JsonNode read(String name) throws IOException {
        Path file = Path.of("../../../shared/vendors").resolve(name);
        assumeTrue(Files.exists(file), () -> "Skipped: the vendors' reference file " + name + " is missing");
        return Json.MAPPER.readTree(Files.readString(file));
    }
}
