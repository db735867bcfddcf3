package dev.patchbay.flowlanguage.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dates and numbers as jq 1.7.1 prints them. */
class TimeFunctionTests {

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static JsonNode evaluate(String jq, String input) {
        return Expression.compile(jq.replace('\'', '"')).evaluate(json(input), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "fromdate§ '2015-03-05T23:51:47Z'§ 1425599507",
                "fromdateiso8601§ '2015-03-05T17:51:47-06:00'§ 1425599507",
                "fromdate§ '2015-03-05T23:51:47.5Z'§ 1425599507.5",
                "todate§ 1425599621§ '2015-03-05T23:53:41Z'",
                "todateiso8601§ 1425599621.678§ '2015-03-05T23:53:41Z'",
                "date§ 0§ '1970-01-01T00:00:00Z'",
                "fromdate + 7 * 86400 | todate§ '2015-03-05T23:51:47Z'§ '2015-03-12T23:51:47Z'",
                "dateadd('seconds'; 60)§ 100§ 160",
                "datesub('seconds'; 60)§ 100§ 40",
                "gmtime§ 1425599621§ [2015,2,5,23,53,41,4,63]",
                "gmtime§ 1425599621.678§ [2015,2,5,23,53,41.678,4,63]",
                "mktime§ [2015,2,5,23,51,47,4,63]§ 1425599507",
                "mktime§ [2015,14,5,23,51,47.9]§ 1457221907",
                "strptime('%Y-%m-%dT%H:%M:%SZ')§ '2015-03-05T23:51:47Z'§ [2015,2,5,23,51,47,4,63]",
                "strptime('%Y-%m-%dT%H:%M:%SZ') | mktime§ '2015-03-05T23:51:47Z'§ 1425599507",
                "strptime('%A, %B %d, %Y %I:%M %p')§ 'Thursday, March 05, 2015 11:51 pm'§ [2015,2,5,23,51,0,4,63]",
                "strptime('%a %b %e %T %Z %Y') | mktime§ 'Thu Mar  5 23:51:47 UTC 2015'§ 1425599507",
                "strptime('%F %R %z') | mktime§ '2015-03-05 23:51 +0100'§ 1425599460",
                "strptime('%D %r%n%%') | mktime§ '03/05/15 11:51:47 PM %'§ 1425599507",
                "strptime('%s')§ '1425599507'§ [2015,2,5,23,51,47,4,63]",
                "strptime('%Y %j %u')§ '2015 064 4'§ [2015,2,5,0,0,0,4,63]",
                "strptime('%C %y %k %l %P')§ '20 70 1 12 am'§ [1970,0,1,0,0,0,4,0]",
                "strftime('%A, %B %d, %Y')§ 1435677542.822351§ 'Tuesday, June 30, 2015'",
                "strftime('%Y-%m-%dT%H:%M:%SZ')§ [2015,2,5,23,51,47,4,63]§ '2015-03-05T23:51:47Z'",
                "strftime('%C%y %e %j %k %I %l %p %P %s %Z %z')§ 1425599507§ '2015  5 064 23 11 11 PM pm 1425599507 UTC +0000'",
                "strftime('%a %b %h %u %w %V %G %g %U %T %R %r %D %F %c %x %X %%')§ 1425599507§ 'Thu Mar Mar 4 4 10 2015 15 09 23:51:47 23:51 11:51:47 PM 03/05/15 2015-03-05 Thu Mar  5 23:51:47 2015 03/05/15 23:51:47 %'",
                "strftime('%H %p %P %U')§ '2023-01-01T08:00:00Z'§ '08 AM am 01'",
                "strftime('%-d.%-m. %-I:%M %p')§ 1425599507§ '5.3. 11:51 PM'",
                "strflocaltime('%H:%M %Z'; 'America/Chicago')§ 1425599507§ '17:51 CST'",
                "in_zone('America/Chicago')§ '2026-11-30T16:00:00Z'§ '2026-11-30T10:00:00-06:00'",
                "in_zone('Europe/Berlin')§ 1425599507§ '2015-03-06T00:51:47+01:00'",
                "shift_time('P7D'; 'America/Chicago')§ '2026-10-30T15:00:00Z'§ '2026-11-06T10:00:00-06:00'",
                "shift_time('PT90M'; 'America/Chicago')§ '2026-10-30T15:00:00Z'§ '2026-10-30T11:30:00-05:00'",
                "shift_time('-P1DT1H'; 'UTC')§ '2026-10-30T15:00:00Z'§ '2026-10-29T14:00:00+00:00'",
                "[strftime('%H','%M')]§ 1425599507§ ['23','51']"
            })
    void datesComputeAsInJq(String jq, String input, String expected) {
        assertThat(evaluate(jq, input)).hasToString(json(expected).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "strptime('%Y')§ 'x'§ does not match format",
                "strptime('%Y')§ '2015 x'§ does not match format",
                "strptime('%b')§ 'Foo'§ does not match format",
                "strptime('-')§ ''§ does not match format",
                "strptime('%Q')§ ''§ does not know %Q",
                "strptime('%Y')§ 1§ requires a string",
                "strftime('%Q')§ 1§ does not know %Q",
                "strftime('%')§ 1§ unknown system failure",
                "strftime('%H')§ true§ requires a number",
                "mktime§ [1]§ requires array of 6 numbers",
                "mktime§ 1§ requires array of 6 numbers",
                "mktime§ [1,2,3,4,5,'x']§ requires parsed datetime inputs",
                "fromdate§ 'soon'§ could not be parsed",
                "in_zone('Nowhere/Land')§ 1§ Nowhere/Land",
                "shift_time('week'; 'UTC')§ 1§ cannot be parsed"
            })
    void errorsNameTheReason(String jq, String input, String sentence) {
        assertThatThrownBy(() -> evaluate(jq, input))
                .isInstanceOf(ExpressionFailed.class)
                .extracting(failed -> ((ExpressionFailed) failed).sentence().toLowerCase(java.util.Locale.ROOT))
                .asString()
                .contains(sentence.toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "'\\(62.5/60 | floor) minutes'§ '1 minutes'",
                "(62.5/60 | floor) | tostring§ '1'",
                "[4/2, 1.5, 1/3] | tojson§ '[2,1.5,0.3333333333333333]'",
                "[4/2, 0.1] | join(',')§ '2,0.1'",
                "[6/2] | @csv§ '3'",
                "(10/5) | @text§ '2'",
                "'\\(0.00001/1)'§ '1e-05'",
                "'\\(0.0001/1)'§ '0.0001'",
                "'\\(-1.5/1e10)'§ '-1.5e-10'",
                "'\\(1e100*1)'§ '1e+100'",
                "'\\(1e16*1)'§ '10000000000000000'",
                "'\\(infinite)'§ '1.7976931348623157e+308'",
                "'\\(-infinite)'§ '-1.7976931348623157e+308'",
                "'\\([nan])'§ '[null]'",
                "{a: (9 | sqrt), b: pow(2; 0.5)} | tostring§ '{\\'a\\':3,\\'b\\':1.4142135623730951}'"
            })
    void numbersBecomeTextsAsInJq(String jq, String expected) {
        assertThat(evaluate(jq, "null").toString())
                .isEqualTo(expected.replace("'", "\"").replace("\\\"", "\\\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "localtime", "strflocaltime('%H')"})
    void nothingReadsTheClock(String jq) {
        assertThatThrownBy(() -> evaluate(jq, "1")).isInstanceOf(ExpressionFailed.class);
    }

    @Test
    void messagesDoNotBlameJq() {
        assertThatThrownBy(() -> Expression.compile("fromstream(1)"))
                .isInstanceOfSatisfying(
                        ExpressionFailed.class,
                        failed -> assertThat(failed.sentence()).contains("part of jq 1.7 and not available in flows"));
        assertThatThrownBy(() -> Expression.compile("fromdat"))
                .isInstanceOfSatisfying(
                        ExpressionFailed.class,
                        failed -> assertThat(failed.sentence())
                                .isEqualTo("There is no function “fromdat” with 0 arguments."));
    }

    @Test
    void thePageListsWhatIsNotThere() throws Exception {
        String absent = BuiltinFunctions.PART_OF_JQ.stream()
                .filter(function -> !BuiltinFunctions.isAvailable(function))
                .sorted()
                .map(function -> "`" + function + "`")
                .collect(Collectors.joining(", "));

        assertThat(Files.readString(Path.of("../../docs/jq.md"))).contains(absent);
    }
}
