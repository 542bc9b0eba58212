package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastEvaluationTest {
    private static final List<String> QUANTILES = List.of("0.025", "0.1", "0.5", "0.9", "0.975");
    private final Evaluator evaluator = Evaluator.create();

    private static String document(String values, String more) {
        return "{'id':'c','start':'2026-11-02T00:00:00Z','step':'1h','values':[%s],'horizon':48,%s'quantiles':[%s]}"
                .formatted(values, more, String.join(",", QUANTILES))
                .replace('\'', '"');
    }

    /** A day of 24 hours; the last two days of each week are low where there is a week. */
    private static String waves(int hours, boolean weeks) {
        return IntStream.range(0, hours)
                .mapToObj(t -> {
                    double low = weeks && t % 168 >= 120 ? 0.3 : 1;
                    return String.valueOf(100 + low * 50 * Math.sin(2 * Math.PI * t / 24) + t * 37 % 11);
                })
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest(name = "{0} hours, weeks {1}, {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        672 | false |                          | ["24h"]
        672 | true  |                          | ["24h","168h"]
        672 | true  | 'seasons':['168h','24h'] | ["24h","168h"]
        672 | true  | 'seasons':['24h']        | ["24h"]
        672 | true  | 'seasons':['1d']         | ["24h"]
        672 | true  | 'seasons':[]             | []
        672 | true  | 'seasons':null           | ["24h","168h"]
        100 | true  | 'seasons':['24h','168h'] | ["24h"]
        20  | false |                          | []
        """)
    void saysItsSeasons(int hours, boolean weeks, String seasons, String expected) {
        JsonNode answer =
                evaluator.answer("forecast", document(waves(hours, weeks), seasons == null ? "" : seasons + ","));
        assertThat(answer.get("seasons")).hasToString(expected);
        assertSound(answer);
    }

    @Test
    void continuesTheWave() {
        JsonNode answer = evaluator.answer("forecast", document(waves(672, false), ""));
        assertThat(answer.get("id").asText()).isEqualTo("c");
        assertThat(answer.at("/mean/6").doubleValue()).isCloseTo(155, within(8.0));
        assertThat(answer.at("/mean/18").doubleValue()).isCloseTo(55, within(8.0));
        assertThat(answer.get("method").asText()).isEqualTo("weighted median of members");
        assertThat(answer.at("/reasons/0/message").asText()).isEqualTo("672 values and 0 gaps, continued with 24h");
        assertThat(evaluator.answer("forecast", document(waves(672, false), "")))
                .hasToString(answer.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one point       | 5                         | 1
        two points      | 5,6                       | 1
        one and a gap   | null,5,null               | 1
        constant        | 7,7,7,7,7,7               | 40
        all zero        | 0,0,0                     | 40
        alternating gap | 1,null,2,null             | 100
        gap of days     | 1,2,3,null,null,null,null | 60
        largest         | 1e308,1.7e308             | 100
        denormals       | 4.9e-324,1e-320           | 100
        both ends       | 4.9e-324,1e308,0          | 100
        """)
    void answersWhatIsOdd(String name, String values, int times) {
        assertSound(evaluator.answer("forecast", document(String.join(",", Collections.nCopies(times, values)), "")));
    }

    @Test
    void saysThatOneValueIsLittle() {
        JsonNode answer = evaluator.answer("forecast", document("5", ""));
        assertThat(answer.get("method").asText()).isEqualTo("last value");
        assertThat(answer.at("/reasons/0/code").asText()).isEqualTo("OneValue");
        assertThat(answer.at("/quantiles/0.9/0").doubleValue()).isGreaterThan(7);
    }

    @Test
    void saysWhichSeasonIsLeftOut() {
        JsonNode answer = evaluator.answer("forecast", document(waves(100, false), "'seasons':['24h','168h'],"));
        assertThat(answer.at("/reasons/1/message").asText())
                .isEqualTo("season 168h is left out: 100 values do not show it twice");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        values       | {'start':0,'step':'1h','values':[],'horizon':1,'quantiles':[0.5]}
        values       | {'start':0,'step':'1h','values':[null],'horizon':1,'quantiles':[0.5]}
        values[1]    | {'start':0,'step':'1h','values':[1,-2],'horizon':1,'quantiles':[0.5]}
        values[0]    | {'start':0,'step':'1h','values':[NaN],'horizon':1,'quantiles':[0.5]}
        values[0]    | {'start':0,'step':'1h','values':[1e309],'horizon':1,'quantiles':[0.5]}
        values[0]    | {'start':0,'step':'1h','values':['1'],'horizon':1,'quantiles':[0.5]}
        values       | {'start':0,'step':'1h','horizon':1,'quantiles':[0.5]}
        start        | {'step':'1h','values':[1],'horizon':1,'quantiles':[0.5]}
        step         | {'start':0,'step':'0s','values':[1],'horizon':1,'quantiles':[0.5]}
        step         | {'start':0,'step':3600,'values':[1],'horizon':1,'quantiles':[0.5]}
        horizon      | {'start':0,'step':'1h','values':[1],'horizon':0,'quantiles':[0.5]}
        horizon      | {'start':0,'step':'1h','values':[1],'horizon':10001,'quantiles':[0.5]}
        horizon      | {'start':0,'step':'1h','values':[1],'horizon':1.5,'quantiles':[0.5]}
        quantiles[1] | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[0.5,1.5]}
        quantiles[0] | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[-0.5]}
        quantiles[1] | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[0.5,0.50]}
        quantiles    | {'start':0,'step':'1h','values':[1],'horizon':1}
        seasons[0]   | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[0.5],'seasons':['90m']}
        seasons[0]   | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[0.5],'seasons':['1h']}
        seasons[1]   | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[0.5],'seasons':['24h','1d']}
        seasons      | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[0.5],'seasons':['24h','36h']}
        seasons      | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[0.5],'seasons':['2h','4h','8h']}
        seasons[0]   | {'start':0,'step':'1ms','values':[1],'horizon':1,'quantiles':[0.5],'seasons':['36500d']}
        surprise     | {'start':0,'step':'1h','values':[1],'horizon':1,'quantiles':[0.5],'surprise':1}
        """)
    void refuses(String path, String document) {
        assertThat(evaluator
                        .answerOrError("forecast", document.replace('\'', '"'))
                        .at("/error/path")
                        .asText())
                .isEqualTo(path);
    }

    private static void assertSound(JsonNode answer) {
        assertThat(answer.get("mean").size()).isEqualTo(48);
        for (int step = 0; step < 48; step++) {
            assertThat(answer.at("/mean/" + step).doubleValue()).isFinite().isNotNegative();
            double before = 0;
            for (String quantile : QUANTILES) {
                double value = answer.at("/quantiles/" + quantile + "/" + step).doubleValue();
                assertThat(value).isFinite().isGreaterThanOrEqualTo(before);
                before = value;
            }
        }
    }
}
