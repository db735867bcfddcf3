package dev.patchbay.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Sample webhook bodies for tests of normalisers: ours beside the contracts ({@code contracts/providers/<name>/samples}) and,
 * where they are available, those that the providers publish.
 */
public final class Samples {

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,256}");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9]+(\\.[a-z0-9_]+)+");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Samples() {}

    /** A sample body with the name of its file. */
    public record Sample(String name, byte[] body) {

        public Delivery delivery() {
            return delivery(body);
        }

        Delivery delivery(byte[] changed) {
            String type = name.endsWith(".form") ? "application/x-www-form-urlencoded" : "application/json";
            return Forgeries.delivery("https://hooks.example/ingress", Map.of("Content-Type", type), changed);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Sample> ours(String provider) {
        return in(Path.of("../../contracts/providers", provider, "samples"), ".*");
    }

    /**
     * The provider's published samples; none where the folder does not exist.
     *
     * @param names a pattern for the files that hold webhooks
     */
    public static List<Sample> published(String provider, String names) {
        Path folder = Path.of(System.getProperty("user.dir"), "../../../shared/vendors/samples", provider);
        return Files.isDirectory(folder) ? in(folder, names) : List.of();
    }

    public static List<Sample> in(Path folder, String names) {
        try (var files = Files.list(folder)) {
            return files.filter(it -> it.getFileName().toString().matches(names))
                    .sorted()
                    .map(Samples::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Sample read(Path file) {
        try {
            return new Sample(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Asserts that the event's data match its contract and that its ids can be stored. */
    public static Normalised fits(Normalised event) {
        assertThat(event.type()).matches(TYPE);
        assertThat(event.deduplicationKey()).matches(ID);
        assertThat(event.subject()).matches(ID);
        assertThat(event.routes()).allSatisfy(route -> assertThat(route.id()).matches(ID));
        assertThat(event.routes()).doesNotHaveDuplicates();
        schema("events/" + event.type())
                .ifPresentOrElse(
                        it -> assertThat(it.validate(event.data()))
                                .as(event.type() + " " + event.data())
                                .isEmpty(),
                        () -> {
                            assertThat(event.type()).startsWith("provider.");
                            assertThat(event.data().path("event").isString()).isTrue();
                            assertThat(event.data().has("payload")).isTrue();
                        });
        return event;
    }

    private static Optional<Schema> schema(String name) {
        try (var stream = Samples.class.getResourceAsStream("/contracts/" + name + ".schema.json")) {
            return Optional.ofNullable(stream).map(it -> SCHEMAS.getSchema(it, InputFormat.JSON));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Changes the sample in many random ways, as providers add, drop and retype members: the normaliser must either read it or
     * throw {@link Normaliser.Unreadable}.
     *
     * @return the number of changed samples that were read
     */
    public static int countReadableMutations(Normaliser normaliser, Sample sample, int times) {
        var random = new Random(sample.name().hashCode());
        int read = 0;
        for (int i = 0; i < times; i++) {
            byte[] changed =
                    sample.name().endsWith(".form") ? form(sample.body(), random) : json(sample.body(), random);
            try {
                fits(normaliser.normalise(sample.delivery(changed)));
                read++;
            } catch (Normaliser.Unreadable refused) {
                assertThat(refused.getMessage()).isNotBlank();
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError(sample + " changed to " + new String(changed, StandardCharsets.UTF_8), broken);
            }
        }
        return read;
    }

    private static byte[] json(byte[] body, Random random) {
        var root = Json.read(body);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            Mutations.change(root, random);
        }
        return Hashing.utf8(Json.write(root));
    }

    private static byte[] form(byte[] body, Random random) {
        String[] pairs = new String(body, StandardCharsets.UTF_8).split("&");
        String junk = Mutations.FORM_JUNK[random.nextInt(Mutations.FORM_JUNK.length)];
        int at = random.nextInt(pairs.length);
        String name = pairs[at].substring(0, pairs[at].indexOf('='));
        pairs[at] = switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> name + "=" + junk;
            case 2 -> pairs[at] + "&" + name + "=" + junk;
            default -> pairs[at] + "&" + junk + "=" + junk;
        };
        return Hashing.utf8(String.join("&", pairs));
    }
}
