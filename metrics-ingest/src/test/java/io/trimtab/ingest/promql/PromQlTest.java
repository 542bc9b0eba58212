package io.trimtab.ingest.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodNames;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageQuery.Scope;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQlTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        Deployment  | web    | web-6d4b7c9f8d-x2x4z web-5f-aaaaa | web-api-6d4b7c9f8d-x2x4z web web-0 xweb-6d4b7c9f8d-x2x4z
        StatefulSet | db     | db-0 db-12                        | db-a db-0-1 db
        DaemonSet   | agent  | agent-x2x4z                       | agent-x2x4 agent-win-x2x4z
        Job         | load   | load-x2x4z load-3-x2x4z           | load-28390000-ab-x2x4z load
        CronJob     | nightly| nightly-28390000-x2x4z            | nightly-x2x4z
        Rollout     | web    | web-1 web-anything-at-all         | web xweb-1
        StatefulSet | a.b    | a.b-0                             | axb-0
        Service     | hello  | hello-00001-deployment-5f-x2x4z hello-blue-deployment-5f-x2x4z | hello-5f-x2x4z hello-deployment-5f-x2x4z hello-api-00001-deployment-5f-x2x4z
        """)
    void takesTheWorkloadsOwnPods(String kind, String name, String taken, String left) {
        Pattern pattern = Pattern.compile(PodNames.of(new WorkloadId("shop", kind, name)));
        assertThat(Arrays.asList(taken.split(" ")))
                .allMatch(pod -> pattern.matcher(pod).matches());
        assertThat(Arrays.asList(left.split(" ")))
                .noneMatch(pod -> pattern.matcher(pod).matches());
    }

    @Test
    void aLongNameIsCutAsKubernetesCutsIt() {
        String name = "a".repeat(60);
        Pattern pattern = Pattern.compile(PodNames.of(new WorkloadId("shop", "Deployment", name)));
        assertThat(pattern.matcher("a".repeat(58) + "x2x4z").matches()).isTrue();
    }

    @ParameterizedTest(name = "{0} characters")
    @CsvSource({"40", "41", "50"})
    void aLongKnativeServiceIsCutAsKnativeAndKubernetesCutIt(int length) {
        String name = "a".repeat(20) + "b".repeat(length - 20);
        Pattern pattern = Pattern.compile(PodNames.of(new WorkloadId("shop", "Service", name)));
        // Knative's hash of a revision's name, from 53 characters on, is as long as this.
        String revision = length + 6 > 52 ? "a".repeat(20) + "0".repeat(32) : name + "-00001";
        String stem = (revision + "-deployment-5f7c8d9b6-").substring(0, 58);
        assertThat(pattern.matcher(stem + "x2x4z").matches()).isTrue();
    }

    @Test
    void matchersAreEscapedTwice() {
        var scope = new Scope.OneWorkload(new WorkloadId("shop", "StatefulSet", "a.b"));
        assertThat(new PromQl(Labels.USUAL)
                        .usage(Names.NONE.of(Resource.MEMORY), scope, Duration.ofMinutes(5))
                        .promQl())
                .isEqualTo("max by (namespace, pod, container)"
                        + " (container_memory_working_set_bytes{container!=\"\",container!=\"POD\",pod!=\"\","
                        + "namespace=\"shop\",pod=~\"a\\\\.b-[0-9]+\"})");
        assertThat(new PromQl(Labels.USUAL)
                        .usage(Names.NONE.of(Resource.CPU), new Scope.Namespace("a\"b\\c"), Duration.ofMinutes(5))
                        .promQl())
                .isEqualTo("max by (namespace, pod, container)"
                        + " (rate(container_cpu_usage_seconds_total{container!=\"\",container!=\"POD\",pod!=\"\","
                        + "namespace=\"a\\\"b\\\\c\"}[300s]))");
    }

    @ParameterizedTest(name = "{0} killed")
    @CsvSource(delimiter = '|', textBlock = """
        2   | true
        500 | false
        """)
    void namesTheKilledAsLongAsStoresTakeTheQuery(int killed, boolean named) {
        Set<ContainerId> containers = IntStream.range(0, killed)
                .mapToObj(i -> new ContainerId(new PodId("shop", "a.b-" + i), "app"))
                .collect(Collectors.toSet());
        String promQl = new PromQl(Labels.USUAL)
                .endOfKilled(new Scope.Cluster(), containers)
                .promQl();
        assertThat(promQl.contains(",pod=~\"a\\\\.b-0|a\\\\.b-1\"")).isEqualTo(named);
        assertThat(promQl).hasSizeLessThan(16_384);
    }
}
