package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsizeEvaluationTest {
    private final Evaluator evaluator = Evaluator.create();

    /** Eight days of 1 core and 1 GB, one sample a minute: 1168m (bounds 1167m and 1313m) and 1016281388 bytes and 15 %. */
    private static String steady(String rest) {
        String cpu = String.join(",", Collections.nCopies(11_521, "1"));
        String memory = String.join(",", Collections.nCopies(11_521, "1000000000"));
        return """
            {"policy":"vpa","now":"2026-11-23T00:00:00Z",
             "series":[{"pod":"p","resource":"cpu","start":"2026-11-15T00:00:00Z","step":"60s","values":[%s]},
                       {"pod":"p","resource":"memory","start":"2026-11-15T00:00:00Z","step":"1m","values":[%s]}]%s}\
            """.formatted(cpu, memory, rest.isEmpty() ? "" : "," + rest.replace('\'', '"'));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        no limits are made          |                                                                                            | /limit                | {}
        target                      |                                                                                            | /cpu/target           | "1168m"
        lower                       |                                                                                            | /cpu/lower            | "1167m"
        upper                       |                                                                                            | /cpu/upper            | "1314m"
        a bound lowers              | 'bounds':{'max':{'cpu':'1'}}                                                               | /cpu/target           | "1"
        a bound raises              | 'bounds':{'min':{'memory':'8Gi'}}                                                          | /memory/lower         | "8Gi"
        the ratio of the limit      | 'container':{'request':{'cpu':'500m'},'limit':{'cpu':'1'}}                                 | /limit/cpu            | "2336m"
        RequestsOnly keeps          | 'container':{'request':{'cpu':'500m'},'limit':{'cpu':'1'}},'limits':'RequestsOnly'         | /limit/cpu            | "1"
        and caps the request        | 'container':{'request':{'cpu':'500m'},'limit':{'cpu':'1'}},'limits':'RequestsOnly'         | /cpu/target           | "1"
        the limit is the request    | 'limits':'RequestPlus:0'                                                                   | /limit                | {"memory":"1168723596"}
        flat                        |                                                                                            | /shape                | "flat"
        no limit, no throttling     |                                                                                            | /risk/throttledMinutesPerDay | {"before":0.0,"after":0.0}
        risk before                 | 'container':{'limit':{'memory':'900M'}}                                                    | /risk/oomPerWeek/before | 1.0
        risk after                  | 'container':{'limit':{'memory':'900M'}}                                                    | /risk/oomPerWeek/after | 0.003866
        a kill                      | 'events':[{'type':'oom','pod':'p','at':'2026-11-22T10:00:00Z','memory':'2Gi'}]              | /reasons/0/code       | "CpuSized"
        seen too late               | 'events':[{'type':'oom','pod':'p','at':'2026-11-22T10:00:00Z','memory':'2Gi','seen':'2026-11-23T00:00:01Z'}] | /memory/target | "1168723596"
        """)
    void answers(String name, String rest, String pointer, String expected) {
        JsonNode answer = evaluator.answer("rightsize", steady(rest == null ? "" : rest));
        assertThat(answer.at(pointer).toString()).isEqualTo(expected);
    }

    @Test
    void aKillRaisesMemory() {
        String kill = "'events':[{'type':'oom','pod':'p','at':'2026-11-22T10:00:00Z','memory':'2Gi'}]";
        long before =
                evaluator.answer("rightsize", steady("")).at("/memory/target").asLong();
        long after =
                evaluator.answer("rightsize", steady(kill)).at("/memory/target").asLong();
        assertThat(after).isGreaterThan((long) (before * 1.9));
    }

    @Test
    void samplesAfterNowAndGapsDoNotCount() {
        String document = """
            {"policy":"vpa","now":120,"series":[{"pod":"p","resource":"cpu","start":0,"step":"60s","values":[0.1,null,0.1,50]}],
             "checkpoint":{"version":"v3","totalSamplesCount":0,"cpuHistogram":{},"memoryHistogram":{}}}\
            """;
        ObjectNode answer = evaluator.answer("rightsize", document);
        assertThat(answer.at("/checkpoint/totalSamplesCount").asInt()).isEqualTo(2);
        assertThat(answer.at("/checkpoint/lastSampleStart").textValue()).isEqualTo("1970-01-01T00:02:00Z");
        assertThat(answer.get("memory").isNull()).isTrue();
        assertThat(answer.at("/risk/oomPerWeek").isNull()).isTrue();
    }

    @Test
    void aCheckpointComesBackAsItWas() {
        String checkpoint = """
            {"version":"v3","firstSampleStart":"2026-11-15T00:00:00Z","lastSampleStart":"2026-11-23T00:00:00Z",\
            "totalSamplesCount":11521,"cpuHistogram":{"referenceTimestamp":"2026-11-15T00:00:00Z",\
            "bucketWeights":{"0":5000,"36":10000},"totalWeight":6.0},\
            "memoryHistogram":{"referenceTimestamp":"2026-11-16T00:00:00Z","bucketWeights":{"36":10000},"totalWeight":255.0}}\
            """;
        String document =
                "{\"policy\":\"vpa\",\"now\":\"2026-11-23T00:00:00Z\",\"checkpoint\":%s}".formatted(checkpoint);
        ObjectNode answer = evaluator.answer("rightsize", document);
        assertThat(answer.get("checkpoint")).hasToString(checkpoint);
        assertThat(answer.at("/cpu/target").textValue()).isEqualTo("1168m");
    }

    @Test
    void aJavaProcess() {
        ObjectNode answer = evaluator.answer("rightsize", """
            {"policy":"trimtab","now":0,"container":{"runtime":{"kind":"jvm","maxHeap":"4Gi","heapAfterGc":"800Mi","nonHeap":"300Mi"}}}\
            """);
        assertThat(answer.at("/runtime/maxHeap").textValue()).isEqualTo("1Gi");
        assertThat(answer.at("/memory/target").textValue()).isEqualTo("1369Mi");
        assertThat(answer.at("/reasons/0/message").textValue())
                .startsWith("the heap holds 800Mi after collection and 300Mi lies outside it");
    }

    @Test
    void withoutLimitsARuntimeIsToldNothing() {
        ObjectNode answer = evaluator.answer("rightsize", """
            {"policy":"trimtab","now":0,"container":{"runtime":{"kind":"go","memoryLimit":"1Gi","maxProcs":8}}}\
            """);
        assertThat(answer.get("runtime")).hasToString("{\"memoryLimit\":null,\"maxProcs\":null}");
    }

    /** The limits are 2 cores and 1 GiB, and stay. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {'kind':'go','memoryLimit':'2Gi','maxProcs':8} | {"memoryLimit":"921Mi","maxProcs":2} | GoToLimits
        {'kind':'go','memoryLimit':'921Mi','maxProcs':2} | {"memoryLimit":"921Mi","maxProcs":2} | NoSamples
        {'kind':'go'}                                  | {"memoryLimit":"921Mi","maxProcs":2} | GoToLimits
        {'kind':'go','memoryLimit':'900Mi','maxProcs':1} | {"memoryLimit":"900Mi","maxProcs":1} | NoSamples
        {'kind':'nodejs','maxOldSpace':'2Gi'}          | {"maxOldSpace":"768Mi"}              | NodeJsToLimit
        {'kind':'nodejs'}                              | {"maxOldSpace":"768Mi"}              | NodeJsToLimit
        """)
    void anotherRuntime(String runtime, String told, String reason) {
        ObjectNode answer = evaluator.answer("rightsize", """
            {"policy":"trimtab","now":0,"container":{"limit":{"cpu":"2","memory":"1Gi"},"runtime":%s}}\
            """.formatted(runtime.replace('\'', '"')));
        assertThat(answer.get("runtime")).hasToString(told);
        assertThat(answer.get("reasons").toString()).contains("\"code\":\"%s\"".formatted(reason));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        policy              | {'policy':'best','now':0}
        now                 | {'policy':'vpa'}
        series[0].values[1] | {'policy':'vpa','now':0,'series':[{'pod':'p','resource':'cpu','start':0,'step':'1s','values':[1,-1]}]}
        series[0].resource  | {'policy':'vpa','now':0,'series':[{'pod':'p','resource':'gpu','start':0,'step':'1s','values':[]}]}
        series[0].step      | {'policy':'vpa','now':0,'series':[{'pod':'p','resource':'cpu','start':0,'step':'0s','values':[]}]}
        series[0].unit      | {'policy':'vpa','now':0,'series':[{'pod':'p','resource':'cpu','start':0,'step':'1s','values':[],'unit':'m'}]}
        series[1]           | {'policy':'vpa','now':0,'series':[{'pod':'p','resource':'cpu','start':0,'step':'1s','values':[]},{'pod':'p','resource':'cpu','start':0,'step':'9s','values':[]}]}
        events[0].type      | {'policy':'vpa','now':0,'events':[{'type':'crash','pod':'p','at':0}]}
        bounds              | {'policy':'vpa','now':0,'bounds':{'min':{'cpu':'2'},'max':{'cpu':'1'}}}
        bounds.min.gpu      | {'policy':'vpa','now':0,'bounds':{'min':{'gpu':'2'}}}
        limits              | {'policy':'vpa','now':0,'limits':'None'}
        limits              | {'policy':'vpa','now':0,'limits':'RequestPlus:much'}
        containers          | {'policy':'vpa','now':0,'containers':0}
        container.runtime.kind | {'policy':'trimtab','now':0,'container':{'runtime':{'kind':'ruby','heapAfterGc':1,'nonHeap':1}}}
        container.runtime.heapAfterGc | {'policy':'trimtab','now':0,'container':{'runtime':{'kind':'go','heapAfterGc':1}}}
        container.runtime.maxProcs | {'policy':'trimtab','now':0,'container':{'runtime':{'kind':'go','maxProcs':0}}}
        checkpoint.version  | {'policy':'vpa','now':0,'checkpoint':{'version':'v2','cpuHistogram':{},'memoryHistogram':{}}}
        checkpoint          | {'policy':'krr','now':0,'checkpoint':{'version':'v3','cpuHistogram':{},'memoryHistogram':{}}}
        checkpoint          | {'policy':'vpa','now':0,'checkpoint':{'version':'v3','cpuHistogram':{'bucketWeights':{'999':1},'totalWeight':1},'memoryHistogram':{}}}
        checkpoint.cpuHistogram.bucketWeights.x | {'policy':'vpa','now':0,'checkpoint':{'version':'v3','cpuHistogram':{'bucketWeights':{'x':1}},'memoryHistogram':{}}}
        checkpoint.cpuHistogram.bucketWeights.1 | {'policy':'vpa','now':0,'checkpoint':{'version':'v3','cpuHistogram':{'bucketWeights':{'1':1.5}},'memoryHistogram':{}}}
        checkpoint.lastSampleStart | {'policy':'vpa','now':0,'checkpoint':{'version':'v3','firstSampleStart':5,'cpuHistogram':{},'memoryHistogram':{}}}
        """)
    void refuses(String path, String document) {
        ObjectNode answer = evaluator.answerOrError("rightsize", document.replace('\'', '"'));
        assertThat(answer.at("/error/path").textValue()).as(answer.toString()).isEqualTo(path);
    }
}
