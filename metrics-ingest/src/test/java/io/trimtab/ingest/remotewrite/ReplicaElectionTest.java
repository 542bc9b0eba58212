package io.trimtab.ingest.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.ingest.remotewrite.ReplicaElection.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaElectionTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private final ReplicaElection election = new ReplicaElection(ReplicaLabels.USUAL);

    /** Requests as CLUSTER/REPLICA@SECOND, with a + where usage is kept of it; what becomes of each, and how often another was elected. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the first one                     | x/a@0                          | taken                         | 0
        the other of a pair               | x/a@0 x/b@1 x/a@15 x/b@16      | taken dropped taken dropped   | 0
        silent for less than half a minute| x/a@0 x/b@29                   | taken dropped                 | 0
        silent for half a minute          | x/a@0 x/b@30 x/a@31            | taken taken dropped           | 1
        silent since it last sent         | x/a@0 x/a@20 x/b@49 x/b@50     | taken taken dropped taken     | 1
        back and forth                    | x/a@0 x/b@30 x/a@59 x/a@60     | taken taken dropped taken     | 2
        nobody else meanwhile             | x/a@0 x/a@600+ x/b@601         | taken taken dropped           | 0
        each cluster its own              | x/a@0 y/b@1 x/b@2 y/a@3        | taken taken dropped dropped   | 0
        no cluster is one cluster         | /a@0 /b@1 x/b@2                | taken dropped taken           | 0
        heard without usage               | x/a@0 x/a@100 x/b@119 x/b@120 x/a@121           | taken taken dropped taken dropped       | 1
        heard with usage                  | x/a@0 x/a@60+ x/a@170 x/b@179 x/b@180           | taken taken taken dropped taken         | 1
        neither has usage                 | x/a@0 x/a@110 x/b@120 x/b@230 x/a@239 x/a@240   | taken taken taken taken dropped taken   | 2
        a third one                       | x/a@0 x/b@1 x/c@30 x/b@31      | taken dropped taken dropped   | 1
        """)
    void listensToOneOfEachCluster(String name, String requests, String expected, long takeovers) {
        List<String> found = new ArrayList<>();
        for (String request : requests.split(" ")) {
            String[] parts = request.split("[/@]");
            long second = Long.parseLong(parts[2].replace("+", ""));
            found.add(hear(parts[0], parts[1], second));
            if (parts[2].endsWith("+")) election.brought(new Replica(parts[0], parts[1]), START.plusSeconds(second));
        }
        assertThat(String.join(" ", found)).isEqualTo(expected);
        assertThat(election.takeovers()).isEqualTo(takeovers);
    }

    @Test
    void whatTheOneBeforeBringsLateIsNoCreditToItsSuccessor() {
        hear("x", "a", 0);
        hear("x", "b", 30);
        election.brought(new Replica("x", "a"), START.plusSeconds(40));
        hear("x", "b", 149);
        assertThat(hear("x", "a", 150)).isEqualTo("taken");
    }

    @Test
    void eachTermHasANumberOfItsOwn() {
        List<Long> terms = new ArrayList<>(List.of(term("x", "a", 0), term("y", "a", 1), term("x", "b", 30)));
        assertThat(term("x", "b", 31)).as("goes on").isEqualTo(terms.getLast());
        terms.add(term("x", "a", 61));
        for (int i = 0; i < ReplicaElection.MOST_CLUSTERS; i++) hear("made up " + i, "a", 100);
        terms.add(term("x", "a", 130));
        assertThat(terms).as("also of one that had made room").doesNotHaveDuplicates();
    }

    @Test
    void namesThatAreMadeUpTakeNoMoreRoomAndShutNobodyOut() {
        assertThat(hear("real", "a", 0)).isEqualTo("taken");
        for (int i = 0; i < 10 * ReplicaElection.MOST_CLUSTERS; i++) hear("made up " + i, "a", 1);
        assertThat(election.elected()).hasSize(ReplicaElection.MOST_CLUSTERS);
        assertThat(hear("late", "a", 2)).isEqualTo("unpaired");
        assertThat(hear("real", "a", 3)).isEqualTo("taken");
        assertThat(hear("real", "b", 4)).isEqualTo("dropped");
        assertThat(hear("late", "a", 31)).as("in the place of a silent one").isEqualTo("taken");
        assertThat(election.elected())
                .extracting(ReplicaElection.Elected::cluster)
                .containsExactly("late", "real");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"'', cluster", "__replica__, ''", "cluster, cluster"})
    void labelsAreTwoNames(String replica, String cluster) {
        assertThatThrownBy(() -> new ReplicaLabels(replica, cluster)).isInstanceOf(IllegalArgumentException.class);
    }

    private long term(String cluster, String replica, long second) {
        Verdict verdict = election.hear(new Replica(cluster, replica), START.plusSeconds(second));
        return ((Verdict.Taken) verdict).term();
    }

    private String hear(String cluster, String replica, long second) {
        return switch (election.hear(new Replica(cluster, replica), START.plusSeconds(second))) {
            case Verdict.Taken(long term) -> "taken";
            case Verdict.Dropped() -> "dropped";
            case Verdict.Unpaired() -> "unpaired";
        };
    }
}
