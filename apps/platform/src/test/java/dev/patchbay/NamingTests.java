package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import dev.patchbay.testing.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Names and sentences are those of the field (CONTRIBUTING.md): checked in every module, in production code, tests, scripts and migrations. */
class NamingTests {

    /** Words of our own that stood where the field has a term. The glossary says which. */
    private static final Pattern PRIVATE_CLASS_NAME = Pattern.compile(
            ".*(Desk|Rows|Scene|Wish|Sweeper|Postman|Courier|Shelf|Surgeon|Meddled|Witness|Housekeeping|Clueing|Gatherer"
                    + "|Turn|Walk|Deed|Holdings|Finding|Welcome|LastResort|World|Stage|Books"
                    + "|Strangers|Overheard|Sight|Course|Bridge|Guest)(Tests)?|(Letter|WayOut|Given|Described|Recent|Entries|Act|Acts|Acting"
                    + "|Sending|LookingUp|Conclusions|Notes|Receipts|Holds|Pot|Span|Line|Lines|Undoing|Reception|Phrases"
                    + "|Background|Intake|Gate|Committer|Storable|Columns|Arrival|Attribution|Roles|Buckets|Owner|Why|Trails)");

    /** A method is a verb with an object, and a variable says what it holds. */
    private static final Pattern BARE_PARTICIPLE =
            Pattern.compile("told|asked|given|known|made|heard|wanted|wished|begun|tried|taken|meant");

    private static final Pattern SUPERLATIVE_CONSTANT =
            Pattern.compile("(MOST|LONGEST|SHORTEST|FEWEST|DEEPEST|LARGEST|SMALLEST|HIGHEST|OLDEST)(_.*)?");

    /** A test is named by a sentence whose subject is a noun. */
    private static final Pattern RIDDLE =
            Pattern.compile("(what|who|whose|whom|whoever|whatever|nobody|somebody)[A-Z].*");

    /** A block or a line. Slashes after a colon belong to an address. */
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?<!:)//[^\\n]*");

    private static final Pattern CONFIGURATION_COMMENT = Pattern.compile("(?s:<!--.*?-->)|(?m:^[ \\t]*#[^\\n]*\\n?)+");

    private static final Pattern SQL_COMMENT = Pattern.compile("(?m)(?:^[ \\t]*--[^\\n]*\\n?)+|--[^\\n]*");

    private static final Pattern RIDDLING_SENTENCE = Pattern.compile(
            "(?:^|[.!?:]\\s+)((?:What|Who|Whose|Whoever|Whatever|Nobody|Somebody)\\b[^.?!]*)(?=[.!]|$)");

    private static final Pattern METAPHOR = Pattern.compile(
            "(?i)\\b((front )?doors?|walls?(?!\\(| clock)|desks?|room signs?|postman|courier|bookshel\\w+|housekeeping)\\b");

    private static final List<Path> FILES = Sources.java();

    private enum Kind {
        CLASS,
        METHOD,
        TEST,
        VARIABLE
    }

    private record Declaration(String file, Kind kind, String name) {}

    private static final List<Declaration> DECLARATIONS = declarations();

    @Test
    void classesCarryTheTermOfTheField() {
        assertThat(listed(PRIVATE_CLASS_NAME, Kind.CLASS)).isEmpty();
    }

    @Test
    void methodsAndVariablesAreNoBareParticiples() {
        assertThat(listed(BARE_PARTICIPLE, Kind.METHOD, Kind.TEST, Kind.VARIABLE))
                .isEmpty();
    }

    @Test
    void limitsAreMaximaAndMinima() {
        assertThat(listed(SUPERLATIVE_CONSTANT, Kind.VARIABLE)).isEmpty();
    }

    @Test
    void testsAreNamedBySentencesAboutThings() {
        assertThat(listed(RIDDLE, Kind.TEST)).isEmpty();
    }

    @Test
    void commentsStateTheirSubject() {
        assertThat(listed(comments(RIDDLING_SENTENCE))).isEmpty();
    }

    @Test
    void commentsUseNoPrivateMetaphors() {
        assertThat(listed(comments(METAPHOR))).isEmpty();
    }

    private static List<String> comments(Pattern forbidden) {
        var scripts = Stream.concat(FILES.stream(), Sources.scripts().stream());
        return Stream.concat(
                        comments(forbidden, COMMENT, scripts),
                        Stream.concat(
                                comments(forbidden, SQL_COMMENT, Sources.unreleasedMigrations().stream()),
                                comments(forbidden, CONFIGURATION_COMMENT, Sources.configuration().stream())))
                .toList();
    }

    private static Stream<String> comments(Pattern forbidden, Pattern comments, Stream<Path> files) {
        return files.filter(file -> !file.endsWith("NamingTests.java"))
                .flatMap(file -> comments.matcher(Sources.read(file))
                        .results()
                        .map(comment -> comment.group()
                                .replaceAll("(?m)^\\s*(/\\*\\*?|\\*/|\\*|//|--|#|<!--)|\\*/|^//", " ")
                                .replaceAll("(?m)^\\s*@\\w+(\\s+\\w+)?\\s+", ". ")
                                .replaceAll("\\s+", " ")
                                .strip())
                        .flatMap(text ->
                                forbidden.matcher(text).results().map(hit -> hit.group(hit.groupCount() > 0 ? 1 : 0)))
                        .map(hit -> Sources.relative(file) + ": " + hit));
    }

    private static String listed(Pattern forbidden, Kind... kinds) {
        var searched = EnumSet.copyOf(List.of(kinds));
        return listed(DECLARATIONS.stream()
                .filter(it -> searched.contains(it.kind())
                        && forbidden.matcher(it.name()).matches())
                .map(it -> it.file() + ": " + it.name())
                .toList());
    }

    /** One line a finding: AssertJ cuts long lists short. */
    private static String listed(List<String> findings) {
        return String.join("\n", findings);
    }

    private static List<Declaration> declarations() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<Declaration> found = new ArrayList<>();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(FILES));
            for (CompilationUnitTree unit : task.parse()) {
                String file = Sources.relative(Path.of(unit.getSourceFile().toUri()));
                unit.accept(new Declarations(file), found);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }

    private static final class Declarations extends TreeScanner<Void, List<Declaration>> {

        private final String file;

        Declarations(String file) {
            this.file = file;
        }

        @Override
        public Void visitClass(ClassTree tree, List<Declaration> found) {
            found.add(new Declaration(file, Kind.CLASS, tree.getSimpleName().toString()));
            return super.visitClass(tree, found);
        }

        @Override
        public Void visitMethod(MethodTree tree, List<Declaration> found) {
            boolean test = tree.getModifiers().getAnnotations().stream()
                    .anyMatch(it -> it.getAnnotationType().toString().matches("Test|ParameterizedTest"));
            found.add(new Declaration(
                    file, test ? Kind.TEST : Kind.METHOD, tree.getName().toString()));
            return super.visitMethod(tree, found);
        }

        @Override
        public Void visitVariable(VariableTree tree, List<Declaration> found) {
            found.add(new Declaration(file, Kind.VARIABLE, tree.getName().toString()));
            return super.visitVariable(tree, found);
        }
    }
}
