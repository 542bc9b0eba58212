package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.OutlookForecaster.Subject;
import io.trimtab.forecast.Outlooks;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.recommend.pods.AcceptedRisk;
import io.trimtab.recommend.pods.Confidence;
import io.trimtab.recommend.pods.PodEvidence;
import io.trimtab.recommend.pods.PodRisk;
import io.trimtab.recommend.pods.RightsizeAnswer.Change;
import io.trimtab.service.evaluate.ReasonWords;
import io.trimtab.service.view.BasisView;
import io.trimtab.service.view.BasisView.AcceptedView;
import io.trimtab.service.view.BasisView.AmountsView;
import io.trimtab.service.view.BasisView.ConfidenceView;
import io.trimtab.service.view.BasisView.RiskChange;
import io.trimtab.service.view.BasisView.RiskView;
import io.trimtab.service.view.BasisView.SourceView;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows what a round's recommendations for containers rest on. */
final class BasisRendering {
    private final Map<String, Demand> demands = new HashMap<>();
    private final Instant at;
    private final Outlooks outlooks;
    private final SourceView source;

    /** @param source where the cluster's samples come from */
    BasisRendering(CycleReport report, Outlooks outlooks, SourceView source) {
        report.decision().stream()
                .flatMap(decision -> decision.demands().stream())
                .forEach(demand -> demands.put(
                        Rendering.id(demand.workload(), demand.container().name()), demand));
        this.at = report.at();
        this.outlooks = outlooks;
        this.source = source;
    }

    /** @return empty for replicas */
    Optional<BasisView> of(Recommendation recommendation, AcceptedRisk accepted) {
        return switch (recommendation) {
            case Recommendation.Resize resize -> of(resize, Optional.of(resize.to()), accepted);
            case Recommendation.Retune retune ->
                retune.resizes().stream()
                        .filter(resize -> resize.container().equals(retune.subject()))
                        .findFirst()
                        .flatMap(resize -> of(retune, Optional.of(resize.to()), accepted));
            case Recommendation.Hold hold -> of(hold, Optional.empty(), accepted);
            case Recommendation.Scale _ -> Optional.empty();
        };
    }

    private Optional<BasisView> of(Recommendation said, Optional<Requirements> changed, AcceptedRisk accepted) {
        return Optional.ofNullable(demands.get(Rendering.id(said))).map(demand -> {
            Requirements now = demand.container().requirements();
            Requirements to = changed.orElse(now);
            return view(
                    PodEvidence.of(demand, to, accepted, hourly(demand), said.reasons(), at),
                    demand.container().name(),
                    now,
                    to,
                    said.reasons());
        });
    }

    /** Of CPU and memory the one that was foreseen worse. */
    private Optional<Accuracy> hourly(Demand demand) {
        Map<Subject, Accuracy> judged = outlooks.accuracy().ofContainers();
        return Resource.SIZED.stream()
                .flatMap(
                        resource -> Optional.ofNullable(judged.get(new Subject(
                                        demand.workload(), demand.container().name(), resource)))
                                .stream())
                .min(Comparator.comparingDouble(Accuracy::coverage));
    }

    private BasisView view(PodEvidence it, String container, Requirements now, Requirements to, List<Reason> reasons) {
        return new BasisView(
                it.since().orElse(null),
                it.days(),
                it.cpuSamples(),
                it.memoryPeaks(),
                it.kills(),
                new AcceptedView(it.accepted().oomPerWeek(), it.accepted().throttledMinutesPerDay()),
                it.cpuPercentile(),
                ReasonWords.of(reasons.stream().filter(BasisRendering::caps).toList()),
                source,
                amounts(now.cpuRequest(), now.memoryRequest()),
                amounts(to.cpuRequest(), to.memoryRequest()),
                amounts(it.stockVpa().cpu(), it.stockVpa().memory()),
                amounts(it.krr().cpu(), it.krr().memory()),
                risk(it.risk()),
                confidence(it.confidence()),
                PodRendering.startUp(reasons, container),
                PodRendering.groups(reasons));
    }

    private static boolean caps(Reason reason) {
        return reason instanceof PodReason.AtBound
                || reason instanceof PodReason.AtLimit
                || reason instanceof PodReason.AutoscalerStandsOnCpu
                || reason instanceof PodReason.AutoscalerStandsOnMemory
                || reason instanceof PodReason.LeakNotFed;
    }

    private static AmountsView amounts(Optional<MilliCores> cpu, Optional<Bytes> memory) {
        return new AmountsView(
                cpu.isEmpty() ? null : Amounts.cpu(cpu), memory.isEmpty() ? null : Amounts.memory(memory));
    }

    private static RiskView risk(PodRisk it) {
        return new RiskView(
                change(it.oomPerWeek()),
                change(it.throttledMinutesPerDay()),
                change(it.memoryAboveRequestPerWeek()),
                change(it.cpuAboveRequestMinutesPerDay()));
    }

    private static @Nullable RiskChange change(Optional<Change> it) {
        return it.map(change -> new RiskChange(millionths(change.before()), millionths(change.after())))
                .orElse(null);
    }

    /** What is less is not known so well. */
    private static double millionths(double figure) {
        return Math.rint(figure * 1e6) / 1e6;
    }

    private static ConfidenceView confidence(Confidence it) {
        return new ConfidenceView(
                it.level().name(),
                it.because().map(Confidence.Doubt::name).orElse(""),
                it.because().map(BasisRendering::words).orElse("a whole week is known, sample by sample"));
    }

    private static String words(Confidence.Doubt doubt) {
        return switch (doubt) {
            case LEAK -> "memory rises without end, so the past says little of what is to come";
            case DAYS -> "less than a week is known, so a weekend or a working day may be missing";
            case SAMPLES -> "there is less than a sample of CPU in five minutes, so short peaks may be missed";
            case FORECAST -> "the hours' peaks were above what was foreseen more often than one time in ten";
        };
    }
}
