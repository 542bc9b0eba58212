package io.trimtab.recommend.plan;

import io.trimtab.forecast.Demand;
import io.trimtab.ingest.model.HorizontalAutoscaler;
import io.trimtab.ingest.model.HpaRule;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.ingest.model.UtilizationTarget;
import io.trimtab.ingest.model.UtilizationTarget.Origin;
import io.trimtab.recommend.Impact;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.RetuneReason;
import io.trimtab.recommend.plan.HeldReplicas.Standing;
import io.trimtab.recommend.plan.Retuning.Pair;
import io.trimtab.recommend.pods.Bounds;
import io.trimtab.recommend.pods.Steering;
import io.trimtab.recommend.pods.Steering.Course;
import io.trimtab.recommend.policy.Terms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Decides the requests of a workload's containers together with the targets of the autoscaler that measures utilisation by them. First each container is decided as if there were no autoscaler;
 * where that changes what a target counts, the target moves so that the replicas stay, the minimum keeps them where the target goes no lower, the request goes only as far as the target can, or it
 * stays.
 */
final class JointRequests {
    private final List<Demand> demands;
    private final List<HorizontalAutoscaler> autoscalers;
    private final Samples samples;
    private final Terms terms;
    private final BiFunction<Demand, Steering, Recommendation> decide;

    private final Map<String, Map<Resource, Course>> courses = new HashMap<>();
    private final List<Retune.Target> targets = new ArrayList<>();
    private final List<RetuneReason> reasons = new ArrayList<>();
    private final List<Recommendation> followed = new ArrayList<>();
    private final Map<UtilizationTarget, Standing> moved = new HashMap<>();

    /**
     * @param demands of the workload's containers
     * @param autoscalers of the workload, those that have a target in percent; at least one
     * @param decide what becomes of one container
     */
    JointRequests(
            List<Demand> demands,
            List<HorizontalAutoscaler> autoscalers,
            Samples samples,
            Terms terms,
            BiFunction<Demand, Steering, Recommendation> decide) {
        this.demands = demands;
        this.autoscalers = autoscalers;
        this.samples = samples;
        this.terms = terms;
        this.decide = decide;
    }

    List<Recommendation> decide() {
        List<Resize> free = new ArrayList<>();
        for (Demand demand : demands)
            if (decide.apply(demand, Steering.OPEN) instanceof Resize resize) free.add(resize);
        List<Moves> moves = Resource.SIZED.stream()
                .map(resource -> Moves.of(resource, free))
                .toList();
        if (autoscalers.size() == 1 && refusal(autoscalers.getFirst()).isEmpty()) {
            moves.forEach(its -> follow(autoscalers.getFirst(), its));
            if (followed.isEmpty()) followLoad(autoscalers.getFirst(), moves);
        }
        moves.forEach(this::steer);
        List<Recommendation> decided = new ArrayList<>(followed);
        List<Resize> retuned = new ArrayList<>();
        for (Demand demand : demands) {
            Map<Resource, Course> own = courses.getOrDefault(demand.container().name(), Map.of());
            Recommendation last = decide.apply(demand, new Steering(own));
            boolean tied = own.values().stream().anyMatch(Course.To.class::isInstance);
            if (tied && last instanceof Resize resize) retuned.add(resize);
            else decided.add(last);
        }
        if (!retuned.isEmpty()) decided.add(retune(retuned));
        return decided;
    }

    private void steer(Moves moves) {
        HorizontalAutoscaler autoscaler = autoscalers.getFirst();
        Moves open = moves.only(container -> !isSteered(container, moves.resource()));
        var several = new RetuneReason.SeveralTargets(
                autoscalers.stream().map(HorizontalAutoscaler::name).toList());
        Moves contested =
                open.only(container -> counting(moves.resource(), container).size() > 1);
        stay(contested, several);
        for (UtilizationTarget target : autoscaler.targets()) {
            if (target.resource() != moves.resource()) continue;
            Moves own = open.only(container -> target.counts(container)
                    && counting(moves.resource(), container).size() == 1);
            if (own.isEmpty()) continue;
            if (autoscalers.size() > 1) stay(own, several);
            else steer(autoscaler, target, own);
        }
    }

    /** The targets that count a container's request. */
    private List<UtilizationTarget> counting(Resource resource, String container) {
        return autoscalers.stream()
                .flatMap(autoscaler -> autoscaler.targets().stream())
                .filter(target -> target.resource() == resource && target.counts(container))
                .toList();
    }

    /** A target that was raised for smaller requests than the pods have now would let replicas go that are needed. */
    private void follow(HorizontalAutoscaler autoscaler, Moves moves) {
        for (UtilizationTarget target : autoscaler.targets()) {
            if (target.resource() != moves.resource() || target.origin().isEmpty()) continue;
            Origin origin = target.origin().get();
            double now = samples.requestedNow(target).orElse(0);
            if (now <= 0 || Retuning.drift(origin, now, target.percent()) <= Retuning.DRIFT) continue;
            int percent = Retuning.percentFor(origin, now);
            if (percent >= target.percent()) continue;
            var why = new RetuneReason.FollowsPods(
                    autoscaler.name(),
                    new ResourceAmount(target.resource(), Retuning.request(origin, target.percent())),
                    new ResourceAmount(target.resource(), Math.round(now)));
            followed.add(new Retune(
                    autoscaler.target(),
                    autoscaler.name(),
                    List.of(new Retune.Target(
                            target.resource(), target.container(), target.percent(), percent, origin)),
                    minimum(autoscaler, Map.of(target, new Standing(origin, new Pair(Math.round(now), percent)))),
                    List.of(),
                    Impact.NONE,
                    List.of(why)));
            stay(moves.only(target::counts), why);
        }
    }

    /** A minimum that stands in for a target goes with the load, as the replicas would with that target. */
    private void followLoad(HorizontalAutoscaler autoscaler, List<Moves> moves) {
        Optional<Retune.Minimum> minimum = minimum(autoscaler, Map.of()).filter(it -> it.from() != it.to());
        if (minimum.isEmpty()) return;
        Retune.Minimum to = minimum.get();
        RetuneReason why = to.holds()
                ? new RetuneReason.MinimumFollows(autoscaler.name(), to.from(), to.to())
                : new RetuneReason.MinimumGoesBack(autoscaler.name(), to.from(), to.to());
        followed.add(new Retune(
                autoscaler.target(), autoscaler.name(), List.of(), minimum, List.of(), Impact.NONE, List.of(why)));
        moves.forEach(its ->
                stay(its.only(container -> !counting(its.resource(), container).isEmpty()), why));
    }

    private Optional<Retune.Minimum> minimum(HorizontalAutoscaler autoscaler, Map<UtilizationTarget, Standing> moving) {
        var held =
                new HeldReplicas(autoscaler, samples, terms.replicas().bounds().max());
        return held.minimum(held.standing(moving));
    }

    private void steer(HorizontalAutoscaler autoscaler, UtilizationTarget target, Moves moves) {
        Optional<Long> requested = requested(target);
        // Without all requests the autoscaler cannot measure, whatever becomes of the others.
        if (requested.isEmpty()) return;
        Optional<RetuneReason> refusal = refusal(autoscaler);
        if (refusal.isPresent()) {
            stay(moves, refusal.get());
            return;
        }
        long from = requested.get();
        long wanted = from + moves.change();
        Origin origin = target.origin()
                .orElseGet(() -> new Origin(
                        target.percent(),
                        new ResourceAmount(
                                target.resource(),
                                Math.round(samples.requestedNow(target).orElse(from)))));
        RetuneReason why = new RetuneReason.NoRoom(
                autoscaler.name(),
                new ResourceAmount(target.resource(), from),
                target.percent(),
                Retuning.least(origin),
                Retuning.most(origin));
        Bounds bounds = terms.pods().bounds();
        for (Pair pair : Retuning.candidates(origin, from, wanted, terms.pods().band())) {
            Moves part = moves.part(pair.request() - from).within(bounds);
            long request = from + part.change();
            var standing = new Standing(origin, new Pair(request, pair.percent()));
            boolean kept = Math.abs(Retuning.drift(origin, request, pair.percent())) <= Retuning.DRIFT;
            if (!(kept || standing.isBeyond()) || !part.matter(terms.pods().band(), bounds)) break;
            int least = minimum(autoscaler, Map.of(target, standing))
                    .map(Retune.Minimum::to)
                    .orElseGet(autoscaler::minReplicas);
            HorizontalAutoscaler bounded = autoscaler.withMinimum(least);
            int replicas = samples.replicas(bounded, target, origin.request().value(), origin.percent());
            int then = samples.replicas(bounded, target, request, pair.percent());
            if (then != replicas) {
                why = new RetuneReason.ReplicasWouldMove(autoscaler.name(), replicas, then);
                continue;
            }
            part.requests().forEach((container, to) -> course(container, to.resource(), new Course.To(to)));
            targets.add(
                    new Retune.Target(target.resource(), target.container(), target.percent(), pair.percent(), origin));
            moved.put(target, standing);
            explain(autoscaler, standing, wanted, least);
            return;
        }
        stay(moves, why);
    }

    /** @param least the minimum from now on */
    private void explain(HorizontalAutoscaler autoscaler, Standing standing, long wanted, int least) {
        Origin origin = standing.origin();
        Pair pair = standing.pair();
        Resource resource = origin.request().resource();
        var reached = new ResourceAmount(resource, pair.request());
        if (standing.isBeyond()) {
            reasons.add(new RetuneReason.MinimumHolds(
                    autoscaler.name(), origin.request(), origin.percent(), reached, pair.percent(), least));
            return;
        }
        reasons.add(new RetuneReason.ReplicasStay(
                autoscaler.name(), origin.request(), origin.percent(), reached, pair.percent()));
        boolean atBound = pair.percent() == Retuning.least(origin) || pair.percent() == Retuning.most(origin);
        if (atBound && Math.abs(wanted - pair.request()) > Retuning.DRIFT * wanted)
            reasons.add(new RetuneReason.StopsShort(
                    autoscaler.name(), new ResourceAmount(resource, wanted), reached, pair.percent()));
    }

    /** Why its targets must not be written. */
    private Optional<RetuneReason> refusal(HorizontalAutoscaler autoscaler) {
        if (terms.hpa() == HpaRule.LEAVE) return Optional.of(new RetuneReason.LeftByPolicy(autoscaler.name()));
        return autoscaler.keeper().map(keeper -> new RetuneReason.WrittenByAnother(autoscaler.name(), keeper));
    }

    /** What one pod of the template requests of what the target counts; empty where a container of these requests nothing. */
    private Optional<Long> requested(UtilizationTarget target) {
        long sum = 0;
        for (Demand demand : demands) {
            if (!target.counts(demand.container().name())) continue;
            Optional<ResourceAmount> request = ResourceAmount.requested(
                    target.resource(), demand.container().requirements());
            if (request.isEmpty()) return Optional.empty();
            sum += request.get().value();
        }
        return sum > 0 ? Optional.of(sum) : Optional.empty();
    }

    /** The reasons of the container that changes most come first. */
    private Retune retune(List<Resize> resizes) {
        Resize largest = Collections.max(
                resizes,
                Comparator.comparingLong(
                        resize -> Math.abs(resize.impact().saving().micros())));
        Set<Reason> all = new LinkedHashSet<>(largest.reasons());
        all.addAll(reasons);
        resizes.forEach(resize -> all.addAll(resize.reasons()));
        Impact impact = resizes.stream().map(Resize::impact).reduce(Impact.NONE, Impact::plus);
        return new Retune(
                autoscalers.getFirst().target(),
                autoscalers.getFirst().name(),
                targets,
                minimum(autoscalers.getFirst(), moved),
                resizes,
                impact,
                List.copyOf(all));
    }

    private boolean isSteered(String container, Resource resource) {
        return courses.getOrDefault(container, Map.of()).containsKey(resource);
    }

    private void stay(Moves moves, RetuneReason why) {
        moves.all().forEach(move -> course(move.container(), moves.resource(), new Course.Stays(why)));
    }

    private void course(String container, Resource resource, Course course) {
        courses.computeIfAbsent(container, unseen -> new HashMap<>()).put(resource, course);
    }
}
