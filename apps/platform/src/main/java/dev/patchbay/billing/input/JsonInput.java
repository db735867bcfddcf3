package dev.patchbay.billing.input;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object whose members are read strictly. A wrong member becomes a problem and reads as if it were absent, so that one
 * answer names everything that is wrong. Members that nothing has read are wrong, too.
 */
public final class JsonInput {

    /** Decimals with more digits than a price or a quantity needs are refused, because arithmetic on them takes long. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,18})?");

    private static final int MAX_TEXT = 200;

    private final JsonNode node;
    private final String pointer;
    private final List<InputProblem> problems;
    private final Set<String> expected = new HashSet<>();

    private JsonInput(JsonNode node, String pointer, List<InputProblem> problems) {
        this.node = node;
        this.pointer = pointer;
        this.problems = problems;
    }

    /**
     * Reads a whole body.
     *
     * @throws Problem {@code 422.plan_invalid} with everything that is wrong
     */
    public static <T> T read(JsonNode body, Function<JsonInput, T> reader) {
        var problems = new ArrayList<InputProblem>();
        if (!body.isObject()) {
            throw invalid(List.of(new InputProblem("", "The body is a JSON object.")));
        }
        var input = new JsonInput(body, "", problems);
        T result = reader.apply(input);
        input.rejectUnknown();
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
        return result;
    }

    /** Returns a problem that concerns the whole request. */
    public static Problem invalid(String at, String sentence) {
        return invalid(List.of(new InputProblem(at, sentence)));
    }

    private static Problem invalid(List<InputProblem> problems) {
        return new Problem(ProblemType.PLAN_INVALID, problems.getFirst().sentence(), List.copyOf(problems));
    }

    public boolean has(String member) {
        return !get(member).isMissingNode();
    }

    /** Returns the member. A member that is null reads as missing. */
    private JsonNode get(String member) {
        expected.add(member);
        JsonNode value = node.path(member);
        return value.isNull() ? node.path("") : value;
    }

    /** Adds a problem with a member; an empty name means this object. */
    public void reject(String member, String sentence) {
        problems.add(new InputProblem(member.isEmpty() ? pointer : pointer + "/" + escape(member), sentence));
    }

    private static String escape(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }

    /** Adds a problem for every member that nothing has read. */
    public void rejectUnknown() {
        node.propertyNames().stream()
                .filter(member -> !expected.contains(member))
                .forEach(member -> reject(member, "There is no such member here."));
    }

    /** Reads a decimal of any sign, written as text or as a number. */
    public Optional<BigDecimal> decimal(String member) {
        JsonNode value = get(member);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        Optional<BigDecimal> parsed = parse(value);
        if (parsed.isEmpty()) {
            reject(member, "Write a decimal as text, with at most 15 digits before the point and 18 after it.");
        }
        return parsed;
    }

    private static Optional<BigDecimal> parse(JsonNode value) {
        String text = value.isString() || value.isNumber() ? value.asString() : "";
        return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** Reads a decimal that is not negative. */
    public Optional<BigDecimal> amount(String member) {
        Optional<BigDecimal> value = decimal(member);
        if (value.isPresent() && value.get().signum() < 0) {
            reject(member, "This is not negative.");
            return Optional.empty();
        }
        return value;
    }

    /** Reads a decimal that is not negative; a missing member is a problem. */
    public BigDecimal requireAmount(String member) {
        return orRequired(member, amount(member), BigDecimal.ZERO);
    }

    /** Reads a decimal of any sign; a missing member is a problem. */
    public BigDecimal requireDecimal(String member) {
        return orRequired(member, decimal(member), BigDecimal.ZERO);
    }

    private <T> T orRequired(String member, Optional<T> value, T placeholder) {
        if (value.isEmpty() && !has(member)) {
            reject(member, "This member is required.");
        }
        return value.orElse(placeholder);
    }

    /** Reads a list of decimals that are not negative. */
    public List<BigDecimal> amounts(String member, int max) {
        return elements(member, max, (value, at) -> {
            Optional<BigDecimal> parsed = parse(value).filter(it -> it.signum() >= 0);
            if (parsed.isEmpty()) {
                problems.add(new InputProblem(at, "Write a decimal that is not negative, as text."));
            }
            return parsed;
        });
    }

    /** Reads a list of decimals of any sign. */
    public List<BigDecimal> decimals(String member, int max) {
        return elements(member, max, (value, at) -> {
            Optional<BigDecimal> parsed = parse(value);
            if (parsed.isEmpty()) {
                problems.add(new InputProblem(at, "Write a decimal, as text."));
            }
            return parsed;
        });
    }

    public Optional<Integer> wholeNumber(String member, int min, int max) {
        Optional<BigDecimal> value = decimal(member);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal number = value.get();
        if (number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(min)) < 0
                || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            reject(member, "This is a whole number from " + min + " to " + max + ".");
            return Optional.empty();
        }
        return Optional.of(number.intValueExact());
    }

    public boolean flag(String member) {
        JsonNode value = get(member);
        if (!value.isMissingNode() && !value.isBoolean()) {
            reject(member, "This is true or false.");
        }
        return value.asBoolean(false);
    }

    public Optional<String> text(String member) {
        JsonNode value = get(member);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        String text = value.isString() ? value.asString() : "";
        if (text.isBlank() || text.length() > MAX_TEXT) {
            reject(member, "This is a text of at most " + MAX_TEXT + " characters.");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    public String requireText(String member) {
        return orRequired(member, text(member), "");
    }

    /** Reads a text with the parser. A runtime exception of the parser means that the text is malformed. */
    public <T> Optional<T> parsed(String member, Function<String, T> parser, String sentence) {
        Optional<String> text = text(member);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (RuntimeException malformed) {
            reject(member, sentence);
            return Optional.empty();
        }
    }

    public <T> T requireParsed(String member, Function<String, T> parser, String sentence, T placeholder) {
        return orRequired(member, parsed(member, parser, sentence), placeholder);
    }

    /** Reads one of the constants, written in lower case. */
    public <E extends Enum<E>> Optional<E> choice(String member, Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        String sentence =
                "This is one of " + constants.stream().map(JsonInput::wireName).collect(Collectors.joining(", ")) + ".";
        return parsed(
                member,
                text -> constants.stream()
                        .filter(constant -> wireName(constant).equals(text))
                        .findFirst()
                        .orElseThrow(),
                sentence);
    }

    /** Returns the constant as the API writes it, for example {@code half_up}. */
    public static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Reads an object with the reader. */
    public <T> Optional<T> object(String member, Function<JsonInput, T> reader) {
        JsonNode value = get(member);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            reject(member, "This is a JSON object.");
            return Optional.empty();
        }
        return Optional.of(readObject(value, pointer + "/" + escape(member), reader));
    }

    /** Reads a list of objects, each with the reader. */
    public <T> List<T> objects(String member, int max, Function<JsonInput, T> reader) {
        return elements(member, max, (value, at) -> {
            if (!value.isObject()) {
                problems.add(new InputProblem(at, "This is a JSON object."));
                return Optional.empty();
            }
            return Optional.of(readObject(value, at, reader));
        });
    }

    private <T> T readObject(JsonNode value, String at, Function<JsonInput, T> reader) {
        var input = new JsonInput(value, at, problems);
        T result = reader.apply(input);
        input.rejectUnknown();
        return result;
    }

    @FunctionalInterface
    private interface ElementReader<T> {
        Optional<T> read(JsonNode value, String at);
    }

    private <T> List<T> elements(String member, int max, ElementReader<T> reader) {
        JsonNode list = get(member);
        var read = new ArrayList<T>();
        if (list.isMissingNode()) {
            return read;
        }
        if (!list.isArray() || list.size() > max) {
            reject(member, "This is a list of at most " + max + " entries.");
            return read;
        }
        for (int at = 0; at < list.size(); at++) {
            reader.read(list.get(at), pointer + "/" + escape(member) + "/" + at).ifPresent(read::add);
        }
        return read;
    }
}
