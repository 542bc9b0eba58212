package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SketchEvaluationTest {
    private static final String LINEAR = "'buckets':{'scheme':'linear','size':1,'max':10}";
    private final Evaluator evaluator = Evaluator.create();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        of the interface's page      |                  | {'value':1,'weight':1,'at':0} {'value':2,'weight':1,'at':0} | 0.5,0.9 | [2,3]
        empty                        |                  |                                                            | 0.5     | [0]
        the younger weighs twice     | 'halfLife':'24h' | {'value':1,'weight':1,'at':0} {'value':5,'weight':1,'at':86400} | 0.33,0.34 | [2,6]
        order does not matter        | 'halfLife':'24h' | {'value':5,'weight':1,'at':86400} {'value':1,'weight':1,'at':0} | 0.33,0.34 | [2,6]
        quantiles out of range       |                  | {'value':1} {'value':2}                                    | -3,7    | [2,3]
        """)
    void linear(String name, String halfLife, String samples, String quantiles, String expected) {
        String document = "{%s,%s'samples':[%s],'quantiles':[%s]}"
                .formatted(
                        LINEAR,
                        halfLife == null ? "" : halfLife + ",",
                        samples == null ? "" : samples.replace("} {", "},{"),
                        quantiles);
        assertThat(evaluator.answer("sketch", document.replace('\'', '"')).get("values"))
                .hasToString(expected);
    }

    @Test
    void exponentialAndItsReason() {
        String document = """
            {"id":"h","buckets":{"scheme":"exponential","first":0.01,"ratio":1.05,"max":1000},"halfLife":"24h",
             "samples":[{"value":0.005,"weight":1,"at":0},{"value":0.3,"weight":3,"at":0}],"quantiles":[0.25,0.5]}\
            """;
        assertThat(evaluator.answer("sketch", document)).hasToString("""
            {"id":"h","values":[0.01,0.3053900390751276],"reasons":[{"code":"Counted",\
            "message":"2 samples in a histogram of 176 buckets that decays","samples":2,"buckets":176,"decays":true}]}\
            """);
    }

    /** What one document ends with, another begins with: the quantiles are those of all samples in one. */
    @Test
    void startsFromACheckpointAndGivesOne() {
        String document = """
            {"buckets":{"scheme":"exponential","first":0.01,"ratio":1.05,"max":1000},"halfLife":"24h","checkpoint":%s,
             "samples":[%s],"quantiles":[0.5,0.9]}\
            """;
        String morning = "{\"value\":1,\"at\":0},{\"value\":2,\"at\":3600}";
        String evening = "{\"value\":4,\"at\":36000},{\"value\":4,\"at\":39600}";
        JsonNode first = evaluator.answer("sketch", document.formatted("{}", morning));
        assertThat(first.at("/checkpoint/totalWeight").doubleValue()).isGreaterThan(2);
        assertThat(first.at("/checkpoint/bucketWeights").size()).isEqualTo(2);
        JsonNode second = evaluator.answer("sketch", document.formatted(first.get("checkpoint"), evening));
        JsonNode all = evaluator.answer("sketch", document.formatted("{}", morning + "," + evening));
        assertThat(second.get("values")).isEqualTo(all.get("values"));
        assertThat(evaluator
                        .answer("sketch", document.formatted("null", morning))
                        .has("checkpoint"))
                .isFalse();
    }

    /** Five working days of 8 h, two idle ones, for two weeks; asked from Monday 00:00 (day 4 of 1970 is one) on. */
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        peak hour         | 19/09 | 3h  | 1.0
        before dawn       | 19/03 | 3h  | 0.1
        the working day   | 19/00 | 24h | 1.0
        the next Saturday | 24/00 | 24h | 0.1
        """)
    void theTimeOfTheWeekStandsBesideTheStockPercentile(String name, String dayAndHour, String span, double expected) {
        StringBuilder samples = new StringBuilder();
        for (int hour = 0; hour < 14 * 24; hour++)
            samples.append("%s{\"value\":%s,\"at\":%d}"
                    .formatted(
                            hour == 0 ? "" : ",",
                            hour % 168 < 120 && hour % 24 >= 9 && hour % 24 < 17 ? 1 : 0.1,
                            (4 * 24 + hour) * 3600));
        String document = """
            {"buckets":{"scheme":"exponential","first":0.01,"ratio":1.05,"max":1000},"halfLife":"24h","samples":[%s],
             "quantiles":[0.9],"season":"168h","at":"1970-01-%s:00:00Z","span":"%s"}\
            """.formatted(samples, dayAndHour.replace('/', 'T'), span);
        JsonNode answer = evaluator.answer("sketch", document);
        assertThat(answer.at("/seasonal/0").doubleValue()).isCloseTo(expected, within(expected < 1 ? 0.0125 : 0.05));
        assertThat(answer.at("/values/0").doubleValue()).as("the stock VPA's").isLessThan(0.2);
    }

    /** What comes after the moment that is asked about changes nothing. */
    @Test
    void theSeasonSeesNothingAfterItsMoment() {
        String document = """
            {"buckets":{"scheme":"linear","size":1,"max":10},"samples":[{"value":2,"at":0}%s],"quantiles":[1],
             "season":"168h","at":604800}\
            """;
        String later = ",{\"value\":9,\"at\":604800}";
        assertThat(evaluator.answer("sketch", document.formatted(later)).get("seasonal"))
                .isEqualTo(evaluator.answer("sketch", document.formatted("")).get("seasonal"))
                .hasToString("[3]");
    }

    @ParameterizedTest(name = "{0} quantiles of a million buckets")
    @CsvSource({"100, true", "101, false"})
    void whatWouldTakeTooLongIsRefusedWithTheLimit(int count, boolean answered) {
        JsonNode answer = evaluator.answerOrError(
                "sketch",
                "{\"buckets\":{\"scheme\":\"linear\",\"size\":1,\"max\":999999},\"samples\":[],\"quantiles\":[%s]}"
                        .formatted(String.join(",", Collections.nCopies(count, "0.5"))));
        assertThat(answer.has("values")).isEqualTo(answered);
        if (answered) return;
        assertThat(answer.at("/error/path").textValue()).isEqualTo("quantiles");
        assertThat(answer.at("/error/message").textValue())
                .contains("(101) must be at most 100 for a histogram of 1000000 buckets");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        buckets.scheme    | {'buckets':{'scheme':'log','max':1},'samples':[],'quantiles':[]}
        buckets.size      | {'buckets':{'scheme':'linear','size':0,'max':1},'samples':[],'quantiles':[]}
        buckets           | {'buckets':{'scheme':'exponential','first':1,'ratio':1,'max':1},'samples':[],'quantiles':[]}
        buckets.ratio     | {'buckets':{'scheme':'linear','size':1,'ratio':2,'max':1},'samples':[],'quantiles':[]}
        halfLife          | {'buckets':{'scheme':'linear','size':1,'max':1},'halfLife':'0s','samples':[],'quantiles':[]}
        samples[0].value  | {'buckets':{'scheme':'linear','size':1,'max':1},'samples':[{'value':-1}],'quantiles':[]}
        samples[0].weight | {'buckets':{'scheme':'linear','size':1,'max':1},'samples':[{'value':1,'weight':1e999}],'quantiles':[]}
        halfLife          | {'buckets':{'scheme':'linear','size':1,'max':1},'checkpoint':{},'samples':[],'quantiles':[]}
        checkpoint        | {'buckets':{'scheme':'linear','size':1,'max':1},'halfLife':'1h','checkpoint':{'bucketWeights':{'7':1}},'samples':[],'quantiles':[]}
        checkpoint.count  | {'buckets':{'scheme':'linear','size':1,'max':1},'halfLife':'1h','checkpoint':{'count':1},'samples':[],'quantiles':[]}
        quantiles         | {'buckets':{'scheme':'linear','size':1,'max':1},'samples':[]}
        season            | {'buckets':{'scheme':'linear','size':1,'max':1},'samples':[],'quantiles':[],'season':'24h','at':0}
        at                | {'buckets':{'scheme':'linear','size':1,'max':1},'samples':[],'quantiles':[],'season':'168h'}
        at                | {'buckets':{'scheme':'linear','size':1,'max':1},'samples':[],'quantiles':[],'at':0}
        span              | {'buckets':{'scheme':'linear','size':1,'max':1},'samples':[],'quantiles':[],'season':'168h','at':0,'span':'169h'}
        buckets           | {'buckets':{'scheme':'linear','size':1,'max':256},'samples':[],'quantiles':[],'season':'168h','at':0}
        """)
    void refuses(String path, String document) {
        assertThat(evaluator
                        .answerOrError("sketch", document.replace('\'', '"'))
                        .at("/error/path")
                        .textValue())
                .isEqualTo(path);
    }
}
