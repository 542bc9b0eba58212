package io.trimtab.recommend.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.recommend.replicas.ScalingAnswer.Measured;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of metric proposes; "measured" is the percentage, the average in thousandths, the total in thousandths. */
class MetricsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        up                                          | 3 | cpu | 30% | ready:600/2000 ready:1000/2000 ready:1400/2000 | 5 | 50 | 1000 | UtilizationDiffers
        container: up                               | 3 | container | 30% | ready:300/1000 ready:500/1000 ready:700/1000 | 5 | 50 | 500 | UtilizationDiffers
        up: a pod never ready makes it less         | 3 | cpu | 30% | never_ready:600/2000 ready:1000/2000 ready:1400/2000 | 4 | 60 | 1200 | UtilizationDiffers
        up: a starting pod makes it less            | 3 | cpu | 30% | starting:600/2000 ready:1000/2000 ready:1400/2000 | 4 | 60 | 1200 | UtilizationDiffers
        memory: a starting pod counts               | 3 | memory | 30% | starting:600/2000 ready:1000/2000 ready:1400/2000 | 5 | 50 | 1000 | UtilizationDiffers
        unready pods take all the need away         | 3 | cpu | 30% | ready:800/2000 never_ready:1000/2000 never_ready:1400/2000 | 3 | 40 | 800 | DirectionUncertain
        up: failed pods do not count                | 2 | cpu | 30% | ready:1000/2000 ready:1400/2000 failed:-/2000 failed:-/2000 | 4 | 60 | 1200 | UtilizationDiffers
        up: terminating pods do not count           | 2 | cpu | 30% | ready:1000/2000 ready:1400/2000 terminating:9000/2000 | 4 | 60 | 1200 | UtilizationDiffers
        failed pods need no request                 | 2 | cpu | 30% | ready:1000/2000 ready:1400/2000 failed:- terminating:- | 4 | 60 | 1200 | UtilizationDiffers
        down                                        | 5 | cpu | 50% | ready:200/2000 ready:600/2000 ready:1000/2000 ready:500/2000 ready:500/2000 | 3 | 28 | 560 | UtilizationDiffers
        down: unready pods are left out             | 5 | cpu | 50% | ready:200/2000 ready:600/2000 ready:1000/2000 never_ready:500/2000 starting:500/2000 | 2 | 30 | 600 | UtilizationDiffers
        down: pending pods are left out             | 5 | cpu | 50% | ready:200/2000 pending:-/2000 pending:-/2000 pending:-/2000 pending:-/2000 | 1 | 10 | 200 | UtilizationDiffers
        up: pending pods count as idle              | 2 | cpu | 50% | ready:2000/2000 pending:-/2000 | 2 | 100 | 2000 | WithinTolerance
        within a tenth up                           | 3 | cpu | 100% | ready:2020/1800 ready:2060/2000 ready:2040/2200 | 3 | 102 | 2040 | WithinTolerance
        edge up: 1.1 holds                          | 2 | cpu | 100% | ready:1100/1000 ready:1100/1000 | 2 | 110 | 1100 | WithinTolerance
        over the edge: 1.11 acts                    | 2 | cpu | 100% | ready:1110/1000 ready:1110/1000 | 3 | 111 | 1110 | UtilizationDiffers
        edge down: 0.9 holds                        | 20 | cpu | 100% | ready:900/1000 | 20 | 90 | 900 | WithinTolerance
        over the edge: 0.89 acts                    | 20 | cpu | 100% | ready:890/1000 | 1 | 89 | 890 | UtilizationDiffers
        truncated percent: 50.9 is 50               | 1 | cpu | 50% | ready:509/1000 | 1 | 50 | 509 | WithinTolerance
        no sample counts as full going down         | 4 | cpu | 100% | ready:800/2000 ready:190/2000 ready:-/2000 ready:-/2000 | 3 | 24 | 495 | UtilizationDiffers
        no sample, at the target: hold              | 2 | cpu | 100% | ready:2000/2000 ready:-/2000 | 2 | 100 | 2000 | WithinTolerance
        no sample counts as idle going up: hold     | 2 | cpu | 100% | ready:3800/2000 ready:-/2000 | 2 | 190 | 3800 | WithinTolerance
        no sample counts as full going down: hold   | 2 | cpu | 100% | ready:1200/2000 ready:-/2000 | 2 | 60 | 1200 | UtilizationDiffers
        unready, and no sample: hold                | 3 | cpu | 50% | never_ready:200/2000 ready:900/2000 ready:-/2000 | 3 | 45 | 900 | DirectionUncertain
        unready, and no sample: up                  | 3 | cpu | 50% | never_ready:200/2000 ready:4000/2000 ready:-/2000 | 4 | 200 | 4000 | UtilizationDiffers
        unready, and no sample: down                | 4 | cpu | 50% | starting:200/2000 ready:200/2000 ready:200/2000 ready:-/2000 | 3 | 10 | 200 | UtilizationDiffers
        target over 100: no sample is at the target | 4 | cpu | 300% | never_ready:400/2000 ready:200/2000 ready:200/4000 ready:-/4000 | 2 | 6 | 200 | UtilizationDiffers
        one pod more than replicas, no sample: hold | 2 | cpu | 50% | ready:200/2000 ready:200/2000 ready:-/2000 | 2 | 10 | 200 | DirectionUncertain
        average: up                                 | 3 | pods | avg:15000 | ready:20000 ready:10000 ready:30000 | 4 | | 20000 | AverageDiffers
        average: an unready pod counts              | 3 | pods | avg:15000 | never_ready:50000 ready:15000 starting:30000 | 7 | | 31666 | AverageDiffers
        average: down                               | 5 | pods | avg:20000 | ready:12000 ready:12000 ready:12000 ready:12000 ready:12000 | 3 | | 12000 | AverageDiffers
        average: within a tenth                     | 3 | pods | avg:20000 | ready:20000 ready:21000 ready:21000 | 3 | | 20666 | RatioWithinTolerance
        average: no sample is at the target         | 2 | pods | avg:17000 | ready:10000 ready:10000 ready:- | 2 | | 10000 | DirectionUncertain
        average of CPU: a starting pod is idle      | 3 | cpu | avg:500 | starting:900 ready:1000 ready:1000 | 4 | | 1000 | AverageDiffers
        """)
    void proposesFromPods(
            String name,
            int current,
            String type,
            String target,
            String pods,
            int replicas,
            Integer percent,
            Long averageMilli,
            String reason) {
        ScalingAnswer answer =
                Scenario.of(current, Scenario.metric(type, target), pods).decide();

        Measured measured = answer.metrics().getFirst();
        assertThat(answer.desiredReplicas()).isEqualTo(replicas);
        assertThat(measured.proposedReplicas()).contains(replicas);
        assertThat(measured.utilizationPercent().orElse(null)).isEqualTo(percent);
        assertThat(measured.averageMilli()).contains(averageMilli);
        assertThat(answer.reasons().getFirst().getClass().getSimpleName()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        value: up                         | 3 | 20000 | value:15000 | ready:- ready:- ready:-                     | 4 | | 20000
        value: only ready pods share it   | 3 | 50000 | value:10000 | never_ready:- ready:- starting:-            | 5 | | 50000
        value: down                       | 5 | 8600  | value:14334 | ready:- ready:- ready:- ready:- ready:-     | 3 | | 8600
        value: within a tenth             | 3 | 8600  | value:8888  | ready:- ready:- ready:-                     | 3 | | 8600
        value: within a tenth, no pods    | 3 | 8600  | value:8888  | ''                                          | 3 | | 8600
        value: as far as an int goes      | 3 | 9223372036854775807 | value:1 | ready:- ready:- ready:-           | 2147483647 | | 9223372036854775807
        value: as large a target          | 3 | 9223372036854775807 | value:9223372036854775807 | ready:-         | 3 | | 9223372036854775807
        value: to zero                    | 2 | 0     | value:1000  | ready:- ready:-                             | 0 | | 0
        average: up                       | 3 | 8600  | avg:2150    | ''                                          | 4 | 2867 |
        average: down                     | 5 | 8600  | avg:2867    | ''                                          | 3 | 1720 |
        average: rounded up               | 3 | 20000 | avg:5000    | ''                                          | 4 | 6667 |
        average: within a tenth           | 4 | 20166 | avg:5000    | ''                                          | 4 | 5042 |
        average: as far as an int goes    | 1 | 9223372036854775807 | avg:1 | ''                                  | 2147483647 | 9223372036854775807 |
        average: as large a target        | 1 | 9223372036854775807 | avg:9223372036854775807 | ''                | 1 | 9223372036854775807 |
        """)
    void proposesFromTotals(
            String name,
            int current,
            String value,
            String target,
            String pods,
            int replicas,
            Long averageMilli,
            Long valueMilli) {
        ScalingAnswer answer =
                Scenario.of(current, Scenario.metric(value, target), pods).decide();

        assertThat(answer.desiredReplicas()).isEqualTo(replicas);
        assertThat(answer.metrics().getFirst().averageMilli().orElse(null)).isEqualTo(averageMilli);
        assertThat(answer.metrics().getFirst().valueMilli().orElse(null)).isEqualTo(valueMilli);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        none either way: one percent acts  | 0    | 0    | cpu | 100% | ready:1010/1000 ready:1010/1000 ready:1010/1000 | 4
        up 2: 190 % holds                  | 2    | 0.1  | cpu | 100% | ready:1900/1000 ready:1900/1000 ready:1900/1000 | 3
        down 2 does not help upwards       | 0.08 | 2    | cpu | 100% | ready:1090/1000 ready:1090/1000 ready:1090/1000 | 4
        down 0.36 holds 65 %               | 0.1  | 0.36 | cpu | 100% | ready:650/1000 ready:650/1000 ready:650/1000 | 3
        down 0.34 does not                 | 0.1  | 0.34 | cpu | 100% | ready:650/1000 ready:650/1000 ready:650/1000 | 2
        total over 1 %                     | 0.01 | 0.1  | 8900 | value:8800 | ready:- ready:- ready:- | 4
        average over 1 %                   | 0.01 | 0.1  | 8600 | avg:2800 | ready:- | 4
        pods over 1 %                      | 0.01 | 0.1  | pods | avg:20000 | ready:20000 ready:21000 ready:21000 | 4
        """)
    void toleratesEachDirection(
            String name, double up, double down, String type, String target, String pods, int replicas) {
        assertThat(Scenario.of(3, Scenario.metric(type, target), pods)
                        .tolerating(up, down)
                        .decide()
                        .desiredReplicas())
                .isEqualTo(replicas);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        no pods                    | cpu  | 50%        | ''                            | NO_PODS
        no pods share the value    | 9000 | value:1000 | ''                            | NO_PODS
        no sample                  | cpu  | 50%        | ready:-/1000                  | NO_SAMPLES
        only unready samples       | cpu  | 50%        | never_ready:900/1000          | NO_SAMPLES
        only terminating samples   | pods | avg:100    | terminating:900 ready:-       | NO_SAMPLES
        one pod lacks its request  | cpu  | 50%        | ready:900/1000 pending:-/-    | MISSING_REQUEST
        requests of nothing        | cpu  | 50%        | ready:900/0                   | ZERO_REQUESTS
        no value                   | -    | avg:1000   | ready:900/1000                | NO_VALUE
        """)
    void holdsWhenNothingCanBeEvaluated(String name, String type, String target, String pods, String failure) {
        ScalingAnswer answer =
                Scenario.of(3, Scenario.metric(type, target), pods).decide();

        assertThat(answer.desiredReplicas()).isEqualTo(3);
        assertThat(answer.metrics().getFirst().proposedReplicas()).isEmpty();
        assertThat(answer.limitedBy()).isEmpty();
        assertThat(answer.reasons().getFirst().toString()).contains(failure);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the largest wins                    | 8000 | 12000 | 12
        whichever comes first               | 12000 | 8000 | 12
        one fails, the other adds           | -    | 12000 | 12
        one fails, the other keeps          | -    | 10000 | 10
        one fails: nothing is removed       | -    | 5000  | 10
        the other fails: nothing is removed | 5000 | -     | 10
        both fail                           | -    | -     | 10
        """)
    void combinesMetrics(String name, String first, String second, int replicas) {
        Scenario scenario = Scenario.of(10, Scenario.metric(first, "avg:1000"), "ready:-")
                .measuring(List.of(Scenario.metric(first, "avg:1000"), Scenario.metric(second, "avg:1000")));

        assertThat(scenario.decide().desiredReplicas()).isEqualTo(replicas);
        assertThat(scenario.decide().metrics()).hasSize(2);
    }
}
