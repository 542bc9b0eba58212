package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.service.loop.Advice.Part;
import io.trimtab.service.loop.Advice.Past;
import io.trimtab.service.loop.Advice.What;
import io.trimtab.service.view.ReasonView;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {
    private static final Instant BEGAN = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant NOW = BEGAN.plus(Duration.ofDays(3));

    /** Kind, decisive reason, and what changes from and to what. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the same                         | Resize A CPU_REQUEST:500:100 | Resize A CPU_REQUEST:500:100 | true
        a tenth more                     | Resize A CPU_REQUEST:500:100 | Resize A CPU_REQUEST:500:110 | true
        a tenth less                     | Resize A CPU_REQUEST:500:100 | Resize A CPU_REQUEST:500:90  | true
        more than that                   | Resize A CPU_REQUEST:500:100 | Resize A CPU_REQUEST:500:111 | false
        less than that                   | Resize A CPU_REQUEST:500:100 | Resize A CPU_REQUEST:500:89  | false
        what is in force moved           | Resize A CPU_REQUEST:500:100 | Resize A CPU_REQUEST:400:100 | true
        to the other side                | Resize A CPU_REQUEST:500:100 | Resize A CPU_REQUEST:90:100  | false
        another amount                   | Resize A CPU_REQUEST:500:100 | Resize A CPU_LIMIT:500:100   | false
        one more                         | Resize A CPU_REQUEST:500:100 | Resize A CPU_REQUEST:500:100 CPU_LIMIT:-:100 | false
        a limit that is to go            | Resize A CPU_LIMIT:500:-     | Resize A CPU_LIMIT:500:-     | true
        that is to go and now to stay    | Resize A CPU_LIMIT:500:-     | Resize A CPU_LIMIT:500:100   | false
        reasons change places            | Resize A CPU_REQUEST:500:100 | Resize B CPU_REQUEST:500:100 | true
        it stays                         | Hold A                       | Hold A                       | true
        it stays for another reason      | Hold A                       | Hold B                       | false
        it stays now                     | Resize A CPU_REQUEST:500:100 | Hold A                       | false
        replicas                         | Scale A REPLICAS:3:5         | Scale A REPLICAS:4:5         | true
        more replicas                    | Scale A REPLICAS:3:5         | Scale A REPLICAS:3:6         | false
        """)
    void theSameAdviceKeepsItsBeginning(String name, String before, String after, boolean continues) {
        Advice was = advice(before, BEGAN);
        Advice is = was.followedBy(advice(after, NOW));
        if (continues) {
            assertThat(is).isEqualTo(was);
            return;
        }
        assertThat(is.since()).isEqualTo(NOW);
        assertThat(is.before()).contains(new Past(was.kind(), was.parts(), was.reason(), BEGAN, NOW));
    }

    /** What drifts is held against how it began, so that many small steps do not go unseen. */
    @Test
    void aLongDriftIsAnotherAdvice() {
        Advice first = advice("Resize A CPU_REQUEST:500:100", BEGAN);
        Advice drifted = first.followedBy(advice("Resize A CPU_REQUEST:500:108", NOW));
        assertThat(drifted.since()).isEqualTo(BEGAN);
        Advice further = drifted.followedBy(advice("Resize A CPU_REQUEST:500:116", NOW));
        assertThat(further.since()).isEqualTo(NOW);
    }

    private static Advice advice(String text, Instant since) {
        String[] words = text.split(" ");
        List<Part> parts = Arrays.stream(words).skip(2).map(AdviceTest::part).toList();
        return new Advice(words[0], parts, new ReasonView(words[1], "because"), since, Optional.empty());
    }

    private static Part part(String text) {
        String[] words = text.split(":");
        return new Part(What.valueOf(words[0]), amount(words[1]), amount(words[2]));
    }

    private static Optional<Long> amount(String text) {
        return text.equals("-") ? Optional.empty() : Optional.of(Long.valueOf(text));
    }
}
