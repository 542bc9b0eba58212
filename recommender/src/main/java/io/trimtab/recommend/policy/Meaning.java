package io.trimtab.recommend.policy;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.SleepWindow;
import io.trimtab.recommend.cron.CronPeriod;
import io.trimtab.recommend.cron.CronSchedule;
import io.trimtab.recommend.cron.CronWindow;
import io.trimtab.recommend.pods.AcceptedRisk;
import io.trimtab.recommend.pods.Bounds;
import io.trimtab.recommend.pods.LimitRules;
import io.trimtab.recommend.pods.PodPolicy;
import io.trimtab.recommend.replicas.ReplicaBounds;
import io.trimtab.recommend.replicas.ReplicaFloor;
import io.trimtab.recommend.replicas.ReplicaPolicy;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a policy means, or what of it has no meaning. */
sealed interface Meaning {
    /** Every field is understood. */
    record Clear(Terms terms) implements Meaning {}

    /** @param problems at least one */
    record Unclear(List<Policy.Problem> problems) implements Meaning {
        public Unclear {
            problems = List.copyOf(problems);
        }
    }

    static Meaning of(Policy policy) {
        return new Reader(policy).read();
    }

    /** Reads one policy; each part that throws is noted under its path. */
    final class Reader {
        private final Policy policy;
        private final List<Policy.Problem> problems;

        private Reader(Policy policy) {
            this.policy = policy;
            this.problems = new ArrayList<>(policy.unreadable());
        }

        private Meaning read() {
            Policy.Spec spec = policy.spec();
            Optional<PodPolicy> pods = pods(spec);
            Optional<ReplicaPolicy> replicas = replicas(spec.replicas());
            Optional<ActTerms> acts = acts(spec.acts());
            checkZero(spec);
            if (problems.isEmpty() && pods.isPresent() && replicas.isPresent() && acts.isPresent())
                return new Clear(
                        new Terms(pods.get(), replicas.get(), spec.replicas().hpa(), acts.get()));
            return new Unclear(problems);
        }

        private Optional<PodPolicy> pods(Policy.Spec spec) {
            Policy.Requests requests = spec.requests();
            Optional<Bounds> bounds = tried(
                    "spec.requests",
                    () -> new Bounds(requests.minCpu(), requests.maxCpu(), requests.minMemory(), requests.maxMemory()));
            Optional<LimitRules> limits =
                    tried("spec.requests.limits", () -> new LimitRules(requests.cpuLimit(), requests.memoryLimit()));
            if (bounds.isEmpty() || limits.isEmpty()) return Optional.empty();
            return tried(
                    "spec.objective",
                    () -> new PodPolicy(
                            bounds.get(),
                            limits.get(),
                            spec.acts().minHistory(),
                            PodPolicy.DEFAULT.band(),
                            new AcceptedRisk(
                                    spec.objective().oomPerWeek(),
                                    spec.objective().throttledMinutesPerDay()),
                            requests.byHour(),
                            requests.startupBoost(),
                            false));
        }

        private Optional<ReplicaPolicy> replicas(Policy.Replicas it) {
            List<ReplicaFloor> floors = new ArrayList<>();
            for (int i = 0; i < it.floors().size(); i++) {
                Policy.Floor floor = it.floors().get(i);
                String path = "spec.replicas.floors[%d]".formatted(i);
                period(path, floor.window())
                        .flatMap(period -> tried(path, () -> new ReplicaFloor(period, floor.min())))
                        .ifPresent(floors::add);
            }
            return tried("spec.replicas", () -> new ReplicaBounds(Optional.of(policy.id()), it.min(), it.max()))
                    .flatMap(
                            bounds -> tried("spec.replicas", () -> new ReplicaPolicy(bounds, floors, it.predictive())));
        }

        private Optional<CronPeriod> period(String path, Policy.Window window) {
            Optional<CronSchedule> opens = cron(path + ".schedule", window.schedule());
            Optional<ZoneId> zone = zone(path + ".timezone", window.timezone());
            if (opens.isEmpty() || zone.isEmpty()) return Optional.empty();
            return tried(path, () -> new CronPeriod(opens.get(), window.length(), zone.get()));
        }

        private Optional<ActTerms> acts(Policy.Acts acts) {
            List<CronPeriod> windows = new ArrayList<>();
            for (int i = 0; i < acts.windows().size(); i++) {
                period("spec.acts.windows[%d]".formatted(i), acts.windows().get(i))
                        .ifPresent(windows::add);
            }
            return tried(
                    "spec.acts",
                    () -> new ActTerms(
                            windows,
                            acts.podsPer10Minutes(),
                            acts.perWorkloadPerDay(),
                            Money.of(acts.minSavingPerMonth(), Money.USD, RoundingMode.CEILING)));
        }

        private void checkZero(Policy.Spec spec) {
            Policy.Zero zero = spec.zero();
            if (spec.replicas().min().orElse(1) == 0 && !zero.enabled())
                problem("spec.replicas.min", "(0) must be at least 1 unless spec.zero.enabled is true");
            if (zero.enabled() && zero.triggers().isEmpty() && zero.sleep().isEmpty())
                problem("spec.zero.enabled", "needs at least one of spec.zero.triggers and spec.zero.sleep");
            for (int i = 0; i < zero.sleep().size(); i++) {
                SleepWindow sleep = zero.sleep().get(i);
                String path = "spec.zero.sleep[%d]".formatted(i);
                Optional<CronSchedule> begins = cron(path + ".schedule", sleep.schedule());
                Optional<CronSchedule> ends = cron(path + ".until", sleep.until());
                Optional<ZoneId> zone = zone(path + ".timezone", sleep.timezone());
                if (begins.isPresent() && ends.isPresent() && zone.isPresent())
                    tried(path, () -> new CronWindow(begins.get(), ends.get(), zone.get()));
            }
        }

        private Optional<CronSchedule> cron(String path, String line) {
            return tried(path, "(%s): ".formatted(line), () -> CronSchedule.parse(line));
        }

        private Optional<ZoneId> zone(String path, String name) {
            try {
                return Optional.of(ZoneId.of(name));
            } catch (DateTimeException e) {
                problem(path, "(%s) is no time zone that is known here, such as Europe/Berlin".formatted(name));
                return Optional.empty();
            }
        }

        private <A> Optional<A> tried(String path, Supplier<A> made) {
            return tried(path, "", made);
        }

        private <A> Optional<A> tried(String path, String value, Supplier<A> made) {
            try {
                return Optional.of(made.get());
            } catch (IllegalArgumentException e) {
                problem(path, value + e.getMessage());
                return Optional.empty();
            }
        }

        private void problem(String path, String what) {
            problems.add(new Policy.Problem(path, what));
        }
    }
}
