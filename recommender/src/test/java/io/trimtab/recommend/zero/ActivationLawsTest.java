package io.trimtab.recommend.zero;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.recommend.zero.ZeroDecision.Action;
import io.trimtab.recommend.zero.ZeroInput.Bounds;
import io.trimtab.recommend.zero.ZeroInput.Cooldown;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import io.trimtab.recommend.zero.ZeroInput.Idle;
import io.trimtab.recommend.zero.ZeroInput.Jobs;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every decision, over seeded random inputs. */
class ActivationLawsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final int CASES = 20_000;

    private static void forEach(Consumer<ZeroInput> law) {
        for (int seed = 0; seed < CASES; seed++) law.accept(input(new Random(seed)));
    }

    @Test
    void whatCannotBeReadNeverLowersACount() {
        forEach(input -> {
            if (input.fallback().isPresent() || input.triggers().stream().allMatch(TriggerReading::isRead)) return;
            assertThat(Activation.decide(input).desiredReplicas())
                    .as("%s", input)
                    .isGreaterThanOrEqualTo(
                            Math.min(input.currentReplicas(), input.bounds().max()));
        });
    }

    @Test
    void whatCannotBeReadIsNotTakenForZero() {
        forEach(input -> {
            ZeroInput unread = with(
                    input,
                    input.triggers().stream()
                            .map(it -> reading(it.name(), Optional.empty(), 1))
                            .toList());
            if (input.fallback().isPresent() || input.currentReplicas() == 0) return;
            assertThat(Activation.decide(unread).action()).as("%s", unread).isNotEqualTo(Action.DEACTIVATE);
        });
    }

    @Test
    void countsStayWithinTheirBounds() {
        forEach(input -> {
            ZeroDecision decision = Activation.decide(input);
            boolean held = input.holds().scaleInPaused() && decision.desiredReplicas() == input.currentReplicas();
            assertThat(decision.desiredReplicas())
                    .as("%s", input)
                    .isGreaterThanOrEqualTo(0)
                    .isLessThanOrEqualTo(
                            held ? Integer.MAX_VALUE : input.bounds().max());
            if (decision.active() && !input.holds().scaleOutPaused())
                assertThat(decision.desiredReplicas())
                        .as("%s", input)
                        .isGreaterThanOrEqualTo(Math.max(1, input.bounds().min()));
        });
    }

    @Test
    void fromZeroTheWholeDemandIsWrittenAtOnce() {
        forEach(input -> {
            if (input.currentReplicas() > 0 || input.holds().scaleOutPaused()) return;
            ZeroDecision decision = Activation.decide(input);
            if (!decision.active()) return;
            int demand = input.triggers().stream()
                    .filter(TriggerReading::isRead)
                    .mapToInt(it -> it.value().orElseThrow().intValueExact())
                    .max()
                    .orElse(0);
            assertThat(decision.desiredReplicas())
                    .as("%s", input)
                    .isGreaterThanOrEqualTo(Math.min(demand, input.bounds().max()));
        });
    }

    @Test
    void holdChangesNothingAndTheOthersNameWhatTheyDo() {
        forEach(input -> {
            ZeroDecision decision = Activation.decide(input);
            int current = input.currentReplicas();
            int desired = decision.desiredReplicas();
            switch (decision.action()) {
                case HOLD -> assertThat(desired).isEqualTo(current);
                case ACTIVATE -> assertThat(desired).isGreaterThan(current);
                case DEACTIVATE ->
                    assertThat(desired)
                            .isLessThan(current)
                            .isEqualTo(input.bounds().rest());
                case SCALE -> assertThat(desired).isNotEqualTo(current);
                case FALLBACK -> assertThat(input.fallback()).isPresent();
                case PAUSED -> assertThat(input.holds().paused()).isPresent();
            }
            assertThat(decision.reasons()).as("%s", input).isNotEmpty();
        });
    }

    @Test
    void theOrderOfTriggersChangesNoDecision() {
        forEach(input -> {
            List<TriggerReading> backwards = new ArrayList<>(input.triggers());
            Collections.reverse(backwards);
            ZeroDecision one = Activation.decide(input);
            ZeroDecision other = Activation.decide(with(input, backwards));
            assertThat(other.desiredReplicas()).as("%s", input).isEqualTo(one.desiredReplicas());
            assertThat(other.action()).as("%s", input).isEqualTo(one.action());
        });
    }

    @Test
    void jobsAreOnlyEverAdded() {
        Random random = new Random(1);
        forEach(input -> {
            int running = random.nextInt(10);
            Jobs jobs = new Jobs(
                    running,
                    random.nextInt(running + 1),
                    Jobs.Strategy.values()[random.nextInt(4)],
                    random.nextInt(3),
                    BigDecimal.valueOf(random.nextInt(11), 1),
                    Jobs.Combination.values()[random.nextInt(4)]);
            ZeroDecision decision = Activation.decide(new ZeroInput(
                    NOW,
                    input.currentReplicas(),
                    input.bounds(),
                    input.triggers(),
                    input.cooldown(),
                    Optional.empty(),
                    Optional.empty(),
                    input.holds(),
                    Optional.of(jobs),
                    Optional.empty()));
            assertThat(decision.createJobs()).as("%s %s", jobs, input).isGreaterThanOrEqualTo(0);
            assertThat(decision.desiredReplicas()).isEqualTo(running + decision.createJobs());
        });
    }

    private static ZeroInput with(ZeroInput input, List<TriggerReading> triggers) {
        return new ZeroInput(
                input.now(),
                input.currentReplicas(),
                input.bounds(),
                triggers,
                input.cooldown(),
                input.fallback(),
                input.modifiers(),
                input.holds(),
                input.jobs(),
                input.idle());
    }

    private static ZeroInput input(Random random) {
        int min = random.nextInt(3);
        OptionalInt idle = random.nextInt(3) == 0 ? OptionalInt.of(random.nextInt(min + 1)) : OptionalInt.empty();
        List<TriggerReading> triggers = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> reading(
                        "t" + i,
                        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(random.nextInt(12))),
                        random.nextInt(4) == 0 ? random.nextInt(6) : 0))
                .toList();
        Optional<Fallback> fallback = random.nextInt(3) == 0
                ? Optional.of(new Fallback(
                        random.nextInt(4), random.nextInt(8), Fallback.Behavior.values()[random.nextInt(4)]))
                : Optional.empty();
        Optional<Idle> learned = random.nextInt(3) == 0
                ? Optional.of(new Idle(
                        IntStream.range(0, random.nextInt(10))
                                .mapToObj(i -> Duration.ofSeconds(random.nextInt(1_000)))
                                .toList(),
                        Duration.ofSeconds(random.nextInt(30)),
                        BigDecimal.valueOf(random.nextInt(3)),
                        BigDecimal.valueOf(random.nextInt(3), 2)))
                : Optional.empty();
        return new ZeroInput(
                NOW,
                random.nextInt(12),
                new Bounds(min, idle, Math.max(1, min) + random.nextInt(10)),
                triggers,
                new Cooldown(
                        Duration.ofSeconds(random.nextInt(600)),
                        Duration.ofSeconds(random.nextInt(600)),
                        random.nextBoolean() ? Optional.of(NOW.minusSeconds(random.nextInt(900))) : Optional.empty(),
                        random.nextBoolean() ? Optional.of(NOW.minusSeconds(random.nextInt(900))) : Optional.empty()),
                fallback,
                Optional.empty(),
                new Holds(Optional.empty(), random.nextInt(6) == 0, random.nextInt(6) == 0, random.nextInt(10) == 0),
                Optional.empty(),
                learned);
    }

    private static TriggerReading reading(String name, Optional<BigDecimal> value, int failed) {
        return new TriggerReading(
                name,
                new Target(BigDecimal.ONE, Target.Type.AVERAGE_VALUE),
                value,
                failed,
                BigDecimal.TWO,
                Optional.empty(),
                true);
    }
}
