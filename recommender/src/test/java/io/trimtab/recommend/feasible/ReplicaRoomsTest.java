package io.trimtab.recommend.feasible;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code web} runs on the first of two nodes of 4 cores and 16 GiB. */
class ReplicaRoomsTest {
    private static final String POD = "1000m 2Gi";

    private static Cluster nodes() {
        return new Cluster().node("a", "4000m 16Gi").node("b", "4000m 16Gi");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        CPU bounds it            | 2 | 1000m 2Gi | 8 nodes
        memory bounds it         | 2 | 100m 8Gi  | 4 nodes
        a remainder carries none | 1 | 3000m 1Gi | 2 nodes
        nothing runs yet         | 0 | 1000m 2Gi | 8 nodes
        """)
    void nodesThatAreThereCarrySoMany(String name, int replicas, String pod, String expected) {
        assertThat(nodes().deployment(replicas, pod).room(0)).isEqualTo(expected);
    }

    @Test
    void whatRunsThereAndWhatWaitsTakesItsRoom() {
        assertThat(nodes().daemon("log", "500m 1Gi", "a", "b")
                        .deployment(2, POD)
                        .room(0))
                .isEqualTo("6 nodes");
        assertThat(nodes().deployment(2, POD).waiting().room(0)).isEqualTo("8 nodes");
        assertThat(nodes().deployment(2, POD).another("2500m 1Gi").waiting().room(0))
                .isEqualTo("3 nodes");
    }

    @ParameterizedTest(name = "ready {0}, schedulable {1}, at most {2} pods")
    @CsvSource({"true, true, 110, 6", "false, true, 110, 2", "true, false, 110, 2", "true, true, 1, 3"})
    void aNodeThatTakesNoPodsHasNoRoom(boolean ready, boolean schedulable, int maxPods, int expected) {
        var cluster = new Cluster()
                .node("a", "2000m 16Gi")
                .node("b", "4000m 16Gi", ready, schedulable, maxPods)
                .deployment(2, POD);
        assertThat(cluster.room(0)).isEqualTo(expected + " nodes");
    }

    @Test
    void onlyNodesThatMayCarryItCount() {
        var cluster = new Cluster()
                .node("small", "4000m 16Gi", "size=small", null)
                .node("large", "9000m 64Gi", "size=large", null)
                .selecting("size=small")
                .deployment(1, POD);
        assertThat(cluster.room(0)).isEqualTo("4 nodes");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        Karpenter adds nodes                | - | - |             | -
        up to its limit of CPU              | - | - | 8000m 1000Gi | 8 nodes
        and of memory                       | - | - | 900000m 32Gi | 8 nodes
        which is not reached                | - | - | 9000m 1000Gi | -
        a set size stays                    | 2 | - |             | 8 nodes
        an autoscaler below its maximum     | 2 | 3 |             | -
        at its maximum                      | 2 | 2 |             | 8 nodes
        """)
    void nodesBoundNothingWhileMoreMayCome(
            String name, Integer replicas, Integer maxSize, String limits, String expected) {
        var cluster = new Cluster()
                .pool("workers", replicas, maxSize, limits == null ? "" : limits)
                .inPool("workers")
                .node("a", "4000m 16Gi")
                .node("b", "4000m 16Gi")
                .deployment(2, POD);
        assertThat(cluster.room(0)).isEqualTo(expected == null ? "-" : expected);
    }

    @Test
    void aPoolThatOnlyLabelsTellOfMayGrow() {
        assertThat(new Cluster()
                        .inPool("eks-workers")
                        .node("a", "4000m 16Gi")
                        .deployment(2, POD)
                        .room(0))
                .isEqualTo("-");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        requests of CPU            | requests 5000m 100Gi | 5 compute/requests.cpu
        requests of memory         | requests 100000m 9Gi | 4 compute/requests.memory
        used up                    | requests 2000m 4Gi   | 2 compute/requests.cpu
        overspent                  | requests 1000m 4Gi   | 2 compute/requests.cpu
        more than the nodes carry  | requests 50000m 100Gi | 8 nodes
        limits that no pod has     | limits 1000m 1Gi     | 8 nodes
        """)
    void aQuotaAdmitsSoMany(String name, String quota, String expected) {
        assertThat(nodes().quota("compute", quota).deployment(2, POD).room(0)).isEqualTo(expected);
    }

    @Test
    void whatOneIsPromisedTheNextDoesNotGet() {
        assertThat(nodes().deployment(2, POD).another(POD).room(0)).isEqualTo("7 nodes");
        assertThat(nodes().deployment(2, POD).another(POD).room(3)).isEqualTo("4 nodes");
        assertThat(nodes().deployment(2, POD).another(POD).room(100)).isEqualTo("2 nodes");
        var bounded = nodes().quota("compute", "requests 6000m 100Gi")
                .deployment(2, POD)
                .another(POD);
        assertThat(bounded.room(0)).isEqualTo("5 compute/requests.cpu");
        assertThat(bounded.room(2)).isEqualTo("3 compute/requests.cpu");
    }

    @Test
    void amountsBeyondCountingBoundNothingWrongly() {
        var cluster = nodes().quota("compute", "requests 9000000000000000m 100Gi")
                .deployment(2, POD)
                .another("9000000000000000m 1Gi");
        assertThat(cluster.room(Integer.MAX_VALUE)).isEqualTo("2 compute/requests.cpu");
    }
}
