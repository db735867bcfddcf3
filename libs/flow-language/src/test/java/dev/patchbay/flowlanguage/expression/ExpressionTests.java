package dev.patchbay.flowlanguage.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ExpressionTests {

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static JsonNode evaluate(String jq, String input) {
        return Expression.compile(jq).evaluate(json(input), Map.of("event", json("{\"n\": 2}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "${ .a.b }§                                {'a':{'b':1}}§          1",
                ".a + $event.n§                            {'a':40}§               42",
                "${ [.[] | select(. > 1)] }§               [1,2,3]§                [2,3]",
                "${ 'Hello \\(.name)!' }§                  {'name':'Ann'}§         'Hello Ann!'",
                "${ . as {a: $x, b: [$y]} | $x + $y }§     {'a':1,'b':[2]}§        3",
                "${ reduce .[] as $i (0; . + $i) }§        [1,2,3.5]§              6.5",
                "${ if .a then 'yes' else null end }§      {'a':false}§            null",
                "${ .a // 'none' }§                        {}§                     'none'",
                "${ {(.k): .v, w: true} }§                 {'k':'x','v':9.25}§     {'x':9.25,'w':true}",
                "${ .[0:2] | join('-') }§                  ['a','b','c']§          'a-b'",
                "${ map(. * 2) | add }§                    [1,2]§                  6",
                "${ 'ab' * 2 }§                            null§                   'abab'",
                "${ gsub('[^0-9+]'; '') }§                 '+1 (555) 01'§          '+155501'",
                "${ .a = 1 | .b |= . + 1 | .c[2] = 0 }§    {'b':1}§                {'b':2,'a':1,'c':[null,null,0]}",
                "${ [.a?, (try error('x') catch .)] }§ 1§ ['x']",
                "${ @base64 }§                             'hi'§                   'aGk='",
                "${ nan }§                                 1§                      null",
                "${ 1e300 * 10 }§                          1§                      1e301",
                "${ test('^(a|b)[)(]+\\\\.?') }§ 'a).'§ true",
                "${ 12345678901 }§                         1§                      12345678901",
                "${ . }§                                   0.5§                    0.5",
                "${ {('\\ud83d'): '\\ud83d!'} }§        null§                   {'\\ufffd':'\\ufffd!'}",
                "${ contains('b') }§                       'abc'§                  true",
                "${ if .a then 'yes' end }§                {'a':false}§            {'a':false}",
                "${ if .a then 1 elif .b then 2 end }§     {'b':true}§             2",
                "${ if .a then if .b then 1 end else 2 end }§ {'a':1}§           {'a':1}",
                "${ 'if \\(if .end then 'else' end) end' }§ {'end':true}§       'if else end'",
                "${ {if: .end, end: (if .x then 1 end)} }§ {'x':1,'end':2}§      {'if':2,'end':1}",
                "${ [index('b'), rindex('b')] }§           'abcb'§                 [1,3]",
                "${ del(.[0,2]) }§                         [1,2,3]§                [2]",
                "${ gsub(''; 'x') }§                       'ab'§                   'xaxb'",
                "${ gsub('^'; 'x') }§                      'ab'§                   'xab'",
                "${ gsub('b*'; 'x') }§                     'éb'§                   'xéx'",
                "${ [gsub('(?<d>[0-9])'; .d, 'x')] }§      'a1b2'§                 ['a1b2','axb2','a1bx','axbx']",
                "${ [sub('q'; empty)] }§                   'a'§                    ['a']",
                "${ sub('(?<d>z)?a(b)'; '<\\(.d)>') }§     'ab'§                   '<null>'",
                "${ [match(''; 'g').offset] }§             'éb'§                   [0,1]",
                "${ [match('a'; null, 'g').length] }§      'aa'§                   [1,1,1]",
                "${ [test('a'; 'i'), test('q')] }§         'A'§                    [true,false]",
                "${ match('é(?<n>b)?(?<m>c)') }§               'éc'§                   {'offset':0,'length':2,'string':'éc','captures':[{'offset':-1,'length':0,'string':null,'name':'n'},{'offset':1,'length':1,'string':'c','name':'m'}]}",
            })
    void expressionsComputeAsInJq(String jq, String input, String expected) {
        assertThat(evaluate(jq.replace('\'', '"'), input.replace('\'', '"')).toString())
                .isEqualTo(json(expected.replace('\'', '"')).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[range(1e12)]",
                "reduce range(1e9) as $i (0; . + 1)",
                "last(recurse(.))",
                "try last(range(1e12)) catch 1",
                "[range(1e12)?]",
                "reduce range(5000) as $i (1; [.])",
                "(\"a\" * 30000) | test(\"a*b\")",
                "try error catch 1 | test(\"(\")",
                "[range(700)] | map([range(700)]) | add | length as $n | [range(700)] | map([range(1000)])",
                "[limit(1e9; recurse(.))]",
                "until(false; .)",
                "[.[] + .[] + .[] + .[] + .[] + .[] + .[]]",
                "reduce range(100) as $i (\"x\"; . + .)",
                "reduce range(100) as $i ([1]; [., .])",
                "reduce range(100) as $i (\"x\"; \"\\(.)\\(.)\")",
                "\"x\" * 1e9",
                "1e9 * \"x\"",
                ".[1000000000] = 1",
                "[recurse([.])]",
                "(\"x\" * 900000) as $x | [range(99)] | map($x) | join(\"\")",
                "[range(100000)] | . + . | . + . | . + . | . + . | tojson",
                "(\"a\" * 1000 + \"bxd\") | test(\"a*a*a*[bc]d\")",
                "(\"a\" * 900000) | contains((\"a\" * 400000) + \"b\")",
                "(\"a\" * 900000) | rindex((\"a\" * 400000) + \"b\")",
                "[range(60000)] | map(1) | indices([range(30000)] | map(1))",
                "(\"a\" * 60) | gsub(\"a\"; \"x\", \"y\")",
                "(\"x\" * 900000) as $x | (\"a\" * 99) | gsub(\"a\"; $x)",
            })
    void anExpensiveExpressionIsStopped(String jq) {
        Expression expensive = Expression.compile("${ " + jq + " }");
        long start = System.nanoTime();
        assertThatThrownBy(() -> expensive.evaluate(json("[1,2,3,4,5,6,7,8,9,10]"), Map.of()))
                .isInstanceOf(ExpressionFailed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now",
                "env",
                "$ENV.PATH",
                "input",
                "inputs",
                "input_filename",
                "debug",
                "setpath([1]; 2)",
                "def f: f; f",
                "_modify(.a; 1)",
                "localtime",
                "nosuch",
                "add(1; 2; 3)",
                "@nosuch",
                "test(.x)",
                "test(.x; \"g\")",
                "sub(.x; \"b\")",
                "test(\"a\", .x; \"g\")",
                "test(\"(a+)+$\")",
                "test(\"(a+(b)c)*\")",
                "test(\"(x|[)]+){3}\")",
                "test(\"\\\\k<a>\")",
                "split(.x; null)",
                "sub(\"(a|b)*\"; \"\")",
                "test(\"(a)\\\\1\")",
                ".a |",
                "}",
                "\u0001",
                "\"unfinished",
            })
    void anExpressionThatIsForbiddenOrIsNotJqDoesNotCompile(String jq) {
        ExpressionFailed failed =
                catchThrowableOfType(ExpressionFailed.class, () -> Expression.compile("${ " + jq + " }"));
        assertThat(failed).isNotNull();
        assertThat(failed.expression()).contains(jq);
        assertThat(failed.sentence()).endsWith(".").doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "empty§         It yields no value.",
                ".[]§           It yields more than one value; wrap it in [ ] to get a list.",
                "$missing§      It could not be evaluated: $missing is not defined.",
                ".a§            It could not be evaluated: Cannot index array with string \"a\".",
                "test('a')§     It could not be evaluated: _match_impl/3 is not applicable to ARRAY; expected one of [STRING].",
                "sub('a'; 'b')§ It could not be evaluated: _sub_impl/3 is not applicable to ARRAY; expected one of [STRING].",
                "'a' | sub('('; 'b')§ It could not be evaluated: end pattern with unmatched parenthesis.",
                "'a' | test('('; 'g')§ It could not be evaluated: end pattern with unmatched parenthesis.",
                "'a' | test('a'; 1)§ It could not be evaluated: cannot accept NUMBER as 2nd argument of _match_impl/3; expected one of [STRING, NULL].",
            })
    void aFailureHasOneSentence(String jq, String sentence) {
        assertThatThrownBy(() -> evaluate(jq.replace('\'', '"'), "[1,2]"))
                .isInstanceOf(ExpressionFailed.class)
                .hasMessage(sentence);
    }

    @Test
    void lengthAndNestingAreLimited() {
        assertThatThrownBy(() -> Expression.compile("1".repeat(4_001))).hasMessageContaining("4,000");
        assertThatThrownBy(() -> Expression.compile("[".repeat(4_000))).isInstanceOf(ExpressionFailed.class);
        String nested = "{a:".repeat(900) + "1" + "}".repeat(900);
        assertThatThrownBy(() -> Expression.compile(nested)).hasMessageContaining("nested too deeply");
    }

    @Test
    void anExpressionListsTheVariablesThatItReads() {
        assertThat(Expression.compile("${ $event.a as $x | $steps.y + $x }").variables())
                .containsExactlyInAnyOrder("event", "steps");
        assertThat(Expression.compile("${ .a }")).hasToString("${ .a }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "$steps.contact.id§                     steps/contact/id",
                "$steps[\"a\"].\"b\"[0].c?§               steps/a/b/[]/c",
                "$event.list[][1:2].x§                  event/list/[]/x",
                ".a | .b§                               ./a/b",
                "$event | {from, to: .call.to}§         event/from event/call/to",
                "(.a, .b) | .c§                         ./a ./b",
                "$steps[.key].id§                       ./key",
                "$steps.\"a\\(.n)\".id§                  ./n",
                "[.list[] | select(.x == 1) | .y]§      ./list/[]",
                ". as $x | .a + $x.b§                   ./a",
                "try .a catch .b§                       ./a",
                "reduce .l[] as $i (0; . + $event.n)§   ./l/[] event/n",
                ".new = $event.n§                       event/n",
                "\"\\(.a): \\($client.name)\"§          ./a client/name",
                "if .a then .b else .c end // .d§       ./a ./b ./c ./d",
                "label $out | .a§                       ./a",
                "@text \"\\(.a)\"§                      ./a",
                "{$event}§                              ``",
                ".. | .a§                               ``",
            })
    void anExpressionListsThePathsThatItNamesLiterally(String jq, String named) {
        List<String> found = Expression.compile(jq).valuePaths().stream()
                .filter(valuePath -> !valuePath.members().isEmpty())
                .map(valuePath -> valuePath.root() + "/" + String.join("/", valuePath.members()))
                .toList();
        // The list also has each prefix of a path.
        assertThat(found)
                .containsAll(List.of(named.split(" ")).stream()
                        .filter(text -> !text.isEmpty())
                        .toList());
        assertThat(found)
                .allMatch(path -> Stream.of(named.split(" "))
                        .anyMatch(whole -> whole.equals(path) || whole.startsWith(path + "/")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "1 + 2§ true",
                "[null, -1, {\"a\": \"b\"}]§ true",
                "\"a\\(1)\"§ true",
                ".§ false",
                ".a§ false",
                "{a}§ false",
                "{$event}§ false",
                "$event§ false",
                "length§ false",
                "@text§ false",
                "..§ false"
            })
    void anExpressionThatReadsNothingIsConstant(String jq, boolean constant) {
        assertThat(Expression.compile(jq).isConstant()).isEqualTo(constant);
    }

    @Test
    void onlyTrueHolds() {
        assertThat(Expression.compile(".").holds(json("true"), Map.of())).isTrue();
        assertThat(Expression.compile(".").holds(json("false"), Map.of())).isFalse();
        assertThat(Expression.compile(".").holds(json("1"), Map.of())).isFalse();
    }

    @Test
    void aTemplateReplacesExpressionsAndKeepsTheRest() {
        Template template = Template.of(json("{\"a\": \"${ .x }\", \"b\": [1, \"${ .y }\", \"plain\"], \"c\": null}"));
        assertThat(template.evaluate(json("{\"x\": [true], \"y\": {}}"), Map.of()))
                .isEqualTo(json("{\"a\": [true], \"b\": [1, {}, \"plain\"], \"c\": null}"));
        assertThat(Template.of(Expression.compile(".x")).evaluate(json("{\"x\": 1}"), Map.of()))
                .isEqualTo(json("1"));
    }
}
