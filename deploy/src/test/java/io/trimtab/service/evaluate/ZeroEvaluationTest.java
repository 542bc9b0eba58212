package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row for each rule of the contract. Documents are shortened: {@code K(v)} is a kafka trigger of threshold 10 that reads v. */
class ZeroEvaluationTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Evaluator EVALUATOR = Evaluator.create();

    private static ObjectNode ask(String shortened) {
        String document = shortened
                .replaceAll("K\\(([^()]*)\\)", "{type:kafka,threshold:10,value:$1}")
                .replaceAll("F\\(([^()]*)\\)", "{type:kafka,threshold:10,failed:$1}")
                .replaceAll("(?<![\\w\"'])([A-Za-z][\\w-]*)(?=\\s*:)", "\"$1\"")
                .replaceAll(":\\s*(?!true|false|null)([A-Za-z][\\w-]*)", ":\"$1\"")
                .replace('\'', '"');
        return EVALUATOR.answerOrError("zero", "{\"now\":\"2026-11-24T12:00:00Z\"," + document + "}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
        from zero the whole demand at once              | currentReplicas:0,trigger:K(35)                                                    | true  | 4 | activate
        at the threshold it is not active               | currentReplicas:0,trigger:{type:kafka,value:5,threshold:10,activationThreshold:5}  | false | 0 | hold
        above the activation threshold it is            | currentReplicas:0,trigger:{type:kafka,value:5.001,threshold:10,activationThreshold:5} | true | 1 | activate
        zero does not activate                          | currentReplicas:0,trigger:K(0)                                                     | false | 0 | hold
        up to the minimum                               | currentReplicas:0,minReplicas:3,trigger:K(1)                                       | true  | 3 | activate
        no more than the maximum                        | currentReplicas:0,maxReplicas:2,trigger:K(100)                                     | true  | 2 | activate
        thousandths: 1.1/0.1 is 11                      | currentReplicas:1,trigger:{type:redis,value:1.1,threshold:0.1}                     | true  | 11 | scale
        a thousandth more is one more                   | currentReplicas:1,trigger:{type:redis,value:1.101,threshold:0.1}                   | true  | 12 | scale
        less than a thousandth is cut                   | currentReplicas:1,trigger:{type:redis,value:1.1009,threshold:0.1}                  | true  | 11 | scale
        Value grows with what runs                      | currentReplicas:4,trigger:{type:redis,value:15,threshold:10,metricType:Value}      | true  | 6 | scale
        Utilization likewise                            | currentReplicas:4,trigger:{type:redis,value:15,threshold:10,metricType:Utilization} | true | 6 | scale
        cpu is always Utilization                       | currentReplicas:4,trigger:{type:cpu,value:80,threshold:60,metricType:AverageValue} | true  | 6 | scale
        any active trigger activates                    | currentReplicas:0,triggers:[K(0),K(5)]                                             | true  | 1 | activate
        the largest wins                                | currentReplicas:1,triggers:[K(15),K(35),K(25)]                                     | true  | 4 | scale
        inactive ones count once up                     | currentReplicas:1,triggers:[K(1),{type:redis,value:40,threshold:10,activationThreshold:50}] | true | 4 | scale
        as many as there are                            | currentReplicas:4,trigger:K(35)                                                    | true  | 4 | hold
        fewer while active, at once                     | currentReplicas:9,trigger:K(35)                                                    | true  | 4 | scale
        above the maximum                               | currentReplicas:200,trigger:K(35000)                                               | true  | 100 | scale
        no sample is a failed read                      | currentReplicas:3,trigger:K(null)                                                  | false | 3 | hold
        or a zero where that is said                    | currentReplicas:3,trigger:{type:prometheus,threshold:1,value:null,empty:zero}      | false | 0 | deactivate
        a failed read stays at zero                     | currentReplicas:0,trigger:F(1)                                                     | false | 0 | hold
        a value beside failures is not used             | currentReplicas:3,trigger:{type:kafka,threshold:10,value:90,failed:1}              | false | 3 | hold
        it never allows a lower count                   | currentReplicas:5,triggers:[F(1),K(15)]                                            | true  | 5 | hold
        a healthy one may raise it                      | currentReplicas:5,triggers:[F(1),K(75)]                                            | true  | 8 | scale
        a healthy one wakes                             | currentReplicas:0,triggers:[F(1),K(15)]                                            | true  | 2 | activate
        inactive beside a failed one                    | currentReplicas:5,triggers:[F(1),K(0)]                                             | false | 5 | hold
        fall-back at the threshold is not in force      | currentReplicas:2,trigger:F(3),fallback:{failureThreshold:3,replicas:6}            | false | 2 | hold
        fall-back is in force above it                  | currentReplicas:2,trigger:F(4),fallback:{failureThreshold:3,replicas:6}            | true  | 6 | fallback
        static wakes from zero                          | currentReplicas:0,trigger:F(4),fallback:{failureThreshold:3,replicas:6}            | true  | 6 | fallback
        static may lower                                | currentReplicas:9,trigger:F(4),fallback:{failureThreshold:3,replicas:6}            | true  | 6 | fallback
        the current count                               | currentReplicas:9,trigger:F(4),fallback:{failureThreshold:3,replicas:6,behavior:currentReplicas} | true | 9 | fallback
        the current count if higher                     | currentReplicas:9,trigger:F(4),fallback:{failureThreshold:3,replicas:6,behavior:currentReplicasIfHigher} | true | 9 | fallback
        the fall-back where the current is not higher   | currentReplicas:2,trigger:F(4),fallback:{failureThreshold:3,replicas:6,behavior:currentReplicasIfHigher} | true | 6 | fallback
        the current count if lower                      | currentReplicas:2,trigger:F(4),fallback:{failureThreshold:3,replicas:6,behavior:currentReplicasIfLower} | true | 2 | fallback
        a healthy trigger above the fall-back           | currentReplicas:2,triggers:[F(4),K(95)],fallback:{failureThreshold:3,replicas:6}   | true  | 10 | scale
        cool-down runs                                  | currentReplicas:3,trigger:K(0),lastActive:'2026-11-24T11:56:00Z'                   | false | 1 | scale
        cool-down ends strictly after                   | currentReplicas:1,trigger:K(0),lastActive:'2026-11-24T11:55:00Z'                   | false | 1 | hold
        a second later it has ended                     | currentReplicas:1,trigger:K(0),lastActive:'2026-11-24T11:54:59Z'                   | false | 0 | deactivate
        a cool-down of its own                          | currentReplicas:1,trigger:K(0),cooldown:'10m',lastActive:'2026-11-24T11:54:59Z'    | false | 1 | hold
        while it runs the demand counts                 | currentReplicas:5,trigger:{type:kafka,threshold:10,value:25,activationThreshold:50},lastActive:'2026-11-24T11:59:00Z' | false | 3 | scale
        never active: it has passed                     | currentReplicas:1,trigger:K(0)                                                     | false | 0 | deactivate
        never active: the initial cool-down runs        | currentReplicas:1,trigger:K(0),initialCooldown:'60s',createdAt:'2026-11-24T11:59:00Z' | false | 1 | hold
        never active: it has ended                      | currentReplicas:1,trigger:K(0),initialCooldown:'60s',createdAt:'2026-11-24T11:58:59Z' | false | 0 | deactivate
        with a minimum it is never deactivated          | currentReplicas:5,minReplicas:2,trigger:K(0)                                       | false | 2 | scale
        a minimum that is not met                       | currentReplicas:1,minReplicas:2,trigger:K(0)                                       | false | 2 | scale
        idle replicas below the minimum                 | currentReplicas:5,minReplicas:2,idleReplicas:1,trigger:K(0)                        | false | 1 | deactivate
        idle stays idle                                 | currentReplicas:1,minReplicas:2,idleReplicas:1,trigger:K(0)                        | false | 1 | hold
        from idle to the minimum                        | currentReplicas:1,minReplicas:2,idleReplicas:1,trigger:K(1)                        | true  | 2 | activate
        idle zero beside a minimum                      | currentReplicas:2,minReplicas:2,idleReplicas:0,trigger:K(0)                        | false | 0 | deactivate
        paused                                          | currentReplicas:3,paused:true,trigger:K(95)                                        | true  | 3 | paused
        paused at a number                              | currentReplicas:3,paused:5,trigger:K(0)                                            | false | 5 | paused
        paused at zero                                  | currentReplicas:3,paused:0,trigger:K(95)                                           | true  | 0 | paused
        not paused                                      | currentReplicas:0,paused:false,trigger:K(15)                                       | true  | 2 | activate
        scaling in is paused                            | currentReplicas:3,pausedScaleIn:true,trigger:K(0)                                  | false | 3 | hold
        scaling in is paused, out is not                | currentReplicas:1,pausedScaleIn:true,trigger:K(35)                                 | true  | 4 | scale
        scaling out is paused                           | currentReplicas:0,pausedScaleOut:true,trigger:K(35)                                | true  | 0 | hold
        scaling out is paused, in is not                | currentReplicas:3,pausedScaleOut:true,trigger:K(0)                                 | false | 0 | deactivate
        activation by force                             | currentReplicas:0,forceActivation:true,trigger:K(0)                                | true  | 1 | activate
        activation by force, the source unread          | currentReplicas:0,forceActivation:true,trigger:F(9)                                | true  | 1 | activate
        a composite replaces all                        | currentReplicas:1,triggers:[{name:a,type:kafka,value:30,threshold:1},{name:b,type:redis,value:20,threshold:1}],modifiers:{formula:'a + b',target:10} | true | 5 | scale
        its activity replaces theirs                    | currentReplicas:0,triggers:[{name:a,type:kafka,value:30,threshold:1}],modifiers:{formula:'a - 25',target:1,activationTarget:5} | false | 0 | hold
        a composite Value                               | currentReplicas:4,triggers:[{name:a,type:kafka,value:30,threshold:1}],modifiers:{formula:'a / 2',target:10,metricType:Value} | true | 6 | scale
        a composite that divides by zero                | currentReplicas:4,triggers:[{name:a,type:kafka,value:0,threshold:1}],modifiers:{formula:'1 / a',target:10} | false | 4 | hold
        a negative composite                            | currentReplicas:4,triggers:[{name:a,type:kafka,value:0,threshold:1}],modifiers:{formula:'a - 1',target:10} | false | 0 | deactivate
        a composite of an unread trigger                | currentReplicas:4,triggers:[{name:a,type:kafka,failed:1,threshold:1}],modifiers:{formula:'a ?? 0',target:10} | false | 4 | hold
        an unread trigger that it does not use          | currentReplicas:1,triggers:[{name:a,type:kafka,failed:1,threshold:1},{name:b,type:redis,value:25,threshold:1}],modifiers:{formula:'b',target:10} | true | 3 | scale
        the formula handles it, in force                | currentReplicas:4,triggers:[{name:a,type:kafka,failed:4,threshold:1}],modifiers:{formula:'a ?? 25',target:10},fallback:{failureThreshold:3,replicas:6,behavior:scalingModifiers} | true | 3 | scale
        the formula does not handle it                  | currentReplicas:4,triggers:[{name:a,type:kafka,failed:4,threshold:1}],modifiers:{formula:'a',target:10},fallback:{failureThreshold:3,replicas:6,behavior:scalingModifiers} | false | 4 | hold
        fall-back of a composite                        | currentReplicas:4,triggers:[{name:a,type:kafka,failed:4,threshold:1}],modifiers:{formula:'a',target:10},fallback:{failureThreshold:3,replicas:6} | true | 6 | fallback
        cron inside                                     | currentReplicas:0,trigger:{type:cron,start:'0 8 * * *',end:'0 20 * * *',timezone:'Europe/Berlin',desiredReplicas:4} | true | 4 | activate
        cron outside                                    | currentReplicas:4,trigger:{type:cron,start:'0 14 * * *',end:'0 20 * * *',timezone:'Europe/Berlin',desiredReplicas:4} | false | 0 | deactivate
        cron at its start                               | currentReplicas:0,trigger:{type:cron,start:'0 13 * * *',end:'0 20 * * *',timezone:'Europe/Berlin',desiredReplicas:4} | true | 4 | activate
        cron at its end                                 | currentReplicas:4,trigger:{type:cron,start:'0 8 * * *',end:'0 13 * * *',timezone:'Europe/Berlin',desiredReplicas:4} | false | 0 | deactivate
        """)
    void decides(String name, String document, boolean active, int desired, String action) {
        ObjectNode answer = ask(document);

        assertThat(answer.path("error").isMissingNode()).as(answer.toString()).isTrue();
        assertThat(answer.path("active").asBoolean()).as(answer.toString()).isEqualTo(active);
        assertThat(answer.path("desiredReplicas").asInt()).as(answer.toString()).isEqualTo(desired);
        assertThat(answer.path("action").asText()).as(answer.toString()).isEqualTo(action);
        assertThat(answer.path("reasons")).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a job for each                       | trigger:K(35),job:{running:0}                                                   | 4
        the running ones count               | trigger:K(35),job:{running:3}                                                   | 1
        enough run                           | trigger:K(35),job:{running:5}                                                   | 0
        no more than the queue is long       | trigger:{type:sqs,value:3,threshold:0.1},job:{running:0}                        | 3
        no more than the maximum             | maxReplicas:5,trigger:K(350),job:{running:2}                                    | 3
        nothing is active                    | trigger:K(0),job:{running:0}                                                    | 0
        unread                               | trigger:F(1),job:{running:1}                                                    | 0
        custom: a share of those that run    | trigger:K(100),job:{running:4,strategy:custom,queueLengthDeduction:2,runningJobPercentage:0.5} | 6
        custom: none of them by default      | trigger:K(100),job:{running:4,strategy:custom}                                  | 10
        accurate: only pending ones are in the queue | trigger:K(50),job:{running:4,pending:2,strategy:accurate}               | 3
        accurate: up to the maximum          | maxReplicas:6,trigger:K(50),job:{running:4,pending:2,strategy:accurate}         | 2
        eager: every slot                    | maxReplicas:10,trigger:K(70),job:{running:3,pending:1,strategy:eager}           | 6
        eager: no more than the queue        | maxReplicas:10,trigger:K(20),job:{running:3,pending:1,strategy:eager}           | 2
        the longest queue                    | triggers:[K(20),K(50)],job:{running:0}                                          | 5
        the shortest active one              | triggers:[K(20),K(50),K(0)],job:{running:0,multipleScalers:min}                 | 2
        the mean of the active ones          | triggers:[K(20),K(50),K(0)],job:{running:0,multipleScalers:avg}                 | 4
        the sum                              | triggers:[K(20),K(50)],job:{running:0,multipleScalers:sum}                      | 7
        up to the minimum                    | minReplicas:3,trigger:K(0),job:{running:1}                                      | 2
        paused                               | paused:true,trigger:K(35),job:{running:0}                                       | 0
        a fall-back is not for jobs          | trigger:F(9),fallback:{failureThreshold:3,replicas:6},job:{running:0}           | 0
        a formula neither                    | trigger:{name:a,type:kafka,threshold:10,value:35},modifiers:{formula:'a * 9',target:1},job:{running:0} | 4
        """)
    void createsJobs(String name, String document, int created) {
        ObjectNode answer = ask("kind:job,currentReplicas:0," + document);

        assertThat(answer.path("createJobs").asInt()).as(answer.toString()).isEqualTo(created);
        int running = Integer.parseInt(document.replaceAll(".*running:(\\d+).*", "$1"));
        assertThat(answer.path("desiredReplicas").asInt()).isEqualTo(running + created);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
        break-even                    | currentReplicas:0,idle:{gaps:['60m'],coldStart:'20s',podPricePerHour:0.04,coldStartCost:0.002}         | 0 | 180s  | null
        it keeps what is warm         | currentReplicas:1,lastActive:'2026-11-24T11:57:00Z',idle:{podPricePerHour:0.04,coldStartCost:0.002}    | 1 | 180s  | null
        a second later                | currentReplicas:1,lastActive:'2026-11-24T11:56:59Z',idle:{podPricePerHour:0.04,coldStartCost:0.002}    | 0 | 180s  | null
        long gaps: no wait is best    | currentReplicas:1,idle:{gaps:['60m','60m','60m','60m','60m'],podPricePerHour:0.04,coldStartCost:0.002} | 0 | 0s    | null
        short gaps: wait them out     | currentReplicas:1,lastActive:'2026-11-24T11:59:00Z',idle:{gaps:['60s','60s','60s','90s','10h'],podPricePerHour:0.04,coldStartCost:0.002} | 1 | 90s | '2026-11-24T11:59:54Z'
        pods that cost nothing        | currentReplicas:0,cooldown:'7m',idle:{podPricePerHour:0,coldStartCost:0.002}                           | 0 | 420s  | null
        before pre-warming            | currentReplicas:0,lastActive:'2026-11-24T11:06:21Z',idle:{gaps:['60m','60m','60m','60m','60m'],coldStart:'20s',podPricePerHour:1,coldStartCost:0} | 0 | 0s | '2026-11-24T12:00:01Z'
        pre-warming begins            | currentReplicas:0,lastActive:'2026-11-24T11:06:20Z',idle:{gaps:['60m','60m','60m','60m','60m'],coldStart:'20s',podPricePerHour:1,coldStartCost:0} | 1 | 0s | '2026-11-24T12:00:00Z'
        pre-warming ends              | currentReplicas:1,lastActive:'2026-11-24T10:54:00Z',idle:{gaps:['60m','60m','60m','60m','60m'],coldStart:'20s',podPricePerHour:1,coldStartCost:0} | 1 | 0s | '2026-11-24T11:47:40Z'
        after pre-warming             | currentReplicas:1,lastActive:'2026-11-24T10:53:59Z',idle:{gaps:['60m','60m','60m','60m','60m'],coldStart:'20s',podPricePerHour:1,coldStartCost:0} | 0 | 0s | null
        four gaps are too few         | currentReplicas:0,lastActive:'2026-11-24T11:06:20Z',idle:{gaps:['60m','60m','60m','60m','0s'],coldStart:'20s',podPricePerHour:1,coldStartCost:0} | 0 | 0s | null
        """)
    void learnsFromIdleTimes(String name, String document, int desired, String cooldown, String prewarmAt) {
        ObjectNode answer = ask("policy:trimtab,trigger:K(0)," + document);

        assertThat(answer.path("desiredReplicas").asInt()).as(answer.toString()).isEqualTo(desired);
        assertThat(answer.path("cooldown").asText()).isEqualTo(cooldown);
        assertThat(answer.path("prewarmAt").textValue()).isEqualTo(prewarmAt);
        assertThat(answer.path("active").asBoolean()).isFalse();
    }

    @Test
    void aPrewarmActivatesWithoutBeingActive() {
        ObjectNode answer = ask("policy:trimtab,currentReplicas:0,trigger:K(0),lastActive:'2026-11-24T11:00:00Z',"
                + "idle:{gaps:['60m','60m','60m','60m','60m'],podPricePerHour:1,coldStartCost:0}");
        assertThat(answer.path("action").asText()).isEqualTo("activate");
        assertThat(answer.path("active").asBoolean()).isFalse();
        assertThat(answer.path("reasons").path(0).path("code").asText()).isEqualTo("PreWarming");
    }

    @Test
    void aCooldownSaysUntilWhen() {
        ObjectNode answer = ask("currentReplicas:1,trigger:K(0),lastActive:'2026-11-24T11:59:00Z'");
        assertThat(answer.path("until").asText()).isEqualTo("2026-11-24T12:04:00Z");
        assertThat(answer.path("reasons").path(0).path("code").asText()).isEqualTo("CoolingDown");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        unknown type of the one        | currentReplicas:0,trigger:{type:carrier-pigeon,threshold:1}                        | trigger.type
        unknown type of several        | currentReplicas:0,triggers:[K(1),{type:pigeon,threshold:1}]                        | triggers[1].type
        neither                        | currentReplicas:0                                                                  | trigger
        both                           | currentReplicas:0,trigger:K(1),triggers:[K(1)]                                     | triggers
        none of several                | currentReplicas:0,triggers:[]                                                      | triggers
        threshold of zero              | currentReplicas:0,trigger:{type:kafka,value:1,threshold:0}                         | trigger.threshold
        threshold below a thousandth   | currentReplicas:0,trigger:{type:kafka,value:1,threshold:0.0009}                    | trigger.threshold
        no threshold                   | currentReplicas:0,trigger:{type:kafka,value:1}                                     | trigger.threshold
        negative value                 | currentReplicas:0,trigger:K(-1)                                                    | trigger.value
        not a number                   | currentReplicas:0,trigger:{type:kafka,threshold:10,value:'many'}                   | trigger.value
        more digits than there are     | currentReplicas:0,trigger:K(1e900000000)                                           | trigger.value
        a cool-down of ages            | currentReplicas:0,cooldown:'999999999999d',trigger:K(1)                            | cooldown
        or after the point             | currentReplicas:0,trigger:K(1e-900000000)                                          | trigger.value
        negative failures              | currentReplicas:0,trigger:F(-1)                                                    | trigger.failed
        unknown field                  | currentReplicas:0,trigger:{type:kafka,threshold:1,lagThreshold:1}                  | trigger.lagThreshold
        two of one name                | currentReplicas:0,triggers:[{name:a,type:kafka,threshold:1},{name:a,type:redis,threshold:1}] | triggers[1].name
        unknown metric type            | currentReplicas:0,trigger:{type:kafka,threshold:1,metricType:Median}               | trigger.metricType
        no current count               | trigger:K(1)                                                                       | currentReplicas
        maximum below the minimum      | currentReplicas:0,minReplicas:3,maxReplicas:2,trigger:K(1)                         | maxReplicas
        idle above the minimum         | currentReplicas:0,minReplicas:1,idleReplicas:2,trigger:K(1)                        | idleReplicas
        unknown policy                 | currentReplicas:0,policy:knative,trigger:K(1)                                      | policy
        unknown kind                   | currentReplicas:0,kind:daemon,trigger:K(1)                                         | kind
        unknown behavior               | currentReplicas:0,trigger:K(1),fallback:{failureThreshold:1,replicas:1,behavior:pray} | fallback.behavior
        paused by a word               | currentReplicas:0,paused:'yes',trigger:K(1)                                        | paused
        a cron that never fires        | currentReplicas:0,trigger:{type:cron,start:'0 0 30 2 *',end:'0 1 * * *',timezone:'UTC',desiredReplicas:1} | trigger.start
        a cron of six fields           | currentReplicas:0,trigger:{type:cron,start:'0 0 * * *',end:'0 0 1 * * *',timezone:'UTC',desiredReplicas:1} | trigger.end
        start and end the same         | currentReplicas:0,trigger:{type:cron,start:'0 0 * * *',end:'0 0 * * *',timezone:'UTC',desiredReplicas:1} | trigger.end
        no such zone                   | currentReplicas:0,trigger:{type:cron,start:'0 0 * * *',end:'0 1 * * *',timezone:'Mars/Olympus',desiredReplicas:1} | trigger.timezone
        a formula of nobody            | currentReplicas:0,trigger:{name:a,type:kafka,value:1,threshold:1},modifiers:{formula:'b + 1',target:1} | modifiers.formula
        a target of zero               | currentReplicas:0,trigger:{name:a,type:kafka,value:1,threshold:1},modifiers:{formula:'a',target:0} | modifiers.target
        more pending than running      | currentReplicas:0,kind:job,trigger:K(1),job:{running:1,pending:2}                  | job.pending
        """)
    void refuses(String name, String document, String path) {
        ObjectNode answer = ask(document);

        assertThat(answer.path("error").path("path").asText())
                .as(answer.toString())
                .isEqualTo(path);
    }

    @Test
    void theContractsExampleIsAnswered() throws Exception {
        JsonNode answer = EVALUATOR.answer("zero", """
            {"id":"f","now":"2026-11-24T12:00:00Z","kind":"deployment","policy":"keda","currentReplicas":0,"minReplicas":0,"idleReplicas":null,"maxReplicas":10,
             "trigger":{"type":"kafka","value":5,"threshold":10,"activationThreshold":0,"metricType":"AverageValue","failed":0,"empty":"error"},
             "cooldown":"300s","initialCooldown":"0s","lastActive":null,"createdAt":"2026-11-24T00:00:00Z","pollingInterval":"30s",
             "fallback":{"failureThreshold":3,"replicas":6,"behavior":"static"},
             "paused":null,"pausedScaleIn":false,"pausedScaleOut":false,"forceActivation":false,
             "idle":{"gaps":["60m"],"coldStart":"20s","podPricePerHour":0.04,"coldStartCost":0.002}}
            """);
        assertThat(JSON.readTree(answer.toString())).isEqualTo(JSON.readTree("""
            {"id":"f","active":true,"desiredReplicas":1,"action":"activate","until":null,"createJobs":0,"cooldown":"300s","prewarmAt":null,
             "reasons":[{"code":"DemandDecides","message":"s0-kafka reads 5, 10 for each replica: 1 replica","trigger":"s0-kafka","value":5,"threshold":10,"replicas":1},
                        {"code":"TriggerActive","message":"s0-kafka is active: 5 is above 0","trigger":"s0-kafka","value":5,"activationThreshold":0}]}
            """));
    }
}
