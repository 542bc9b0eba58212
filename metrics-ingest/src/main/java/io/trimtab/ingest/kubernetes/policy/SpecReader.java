package io.trimtab.ingest.kubernetes.policy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.LabelSelector;
import io.trimtab.ingest.model.LabelSelector.Requirement;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.SleepWindow;
import io.trimtab.ingest.model.Spans;
import io.trimtab.ingest.model.TriggerSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one spec and notes what of it cannot be read. The schema refuses most of that, but an older one may be installed. */
final class SpecReader {
    private static final String UTC = "UTC";
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)%");
    private static final String PLUS = "plus:";

    /** It matches everything, and is a selector all the same. */
    private static final LabelSelector UNREADABLE =
            new LabelSelector(List.of(new Requirement.NotIn("unreadable", Set.of())));

    /** A spec in which nothing is written. */
    static final Policy.Spec EMPTY = new Policy.Spec(
            Mode.RECOMMEND,
            Policy.Scope.EVERYTHING,
            Policy.Objective.DEFAULT,
            Policy.Requests.DEFAULT,
            Policy.Replicas.UNBOUND,
            Policy.Zero.OFF,
            Policy.Acts.DEFAULT);

    private final List<Policy.Problem> problems = new ArrayList<>();

    List<Policy.Problem> problems() {
        return List.copyOf(problems);
    }

    Policy.Spec read(PolicySpec spec) {
        return new Policy.Spec(
                spec.mode() == null ? EMPTY.mode() : spec.mode().mode(),
                spec.workloads() == null ? EMPTY.scope() : scope(spec.workloads()),
                spec.objective() == null ? EMPTY.objective() : objective(spec.objective()),
                spec.requests() == null ? EMPTY.requests() : requests(spec.requests()),
                spec.replicas() == null ? EMPTY.replicas() : replicas(spec.replicas()),
                spec.zero() == null ? EMPTY.zero() : zero(spec.zero()),
                spec.acts() == null ? EMPTY.acts() : acts(spec.acts()));
    }

    private Policy.Objective objective(PolicySpec.Objective objective) {
        Integer minutes = objective.throttledMinutesPerDay();
        return new Policy.Objective(
                share(
                        "spec.objective.oomPerWeek",
                        objective.oomPerWeek(),
                        EMPTY.objective().oomPerWeek()),
                minutes == null ? EMPTY.objective().throttledMinutesPerDay() : minutes);
    }

    private Policy.Scope scope(PolicySpec.Workloads workloads) {
        Set<String> kinds = Set.copyOf(orEmpty(workloads.kinds()));
        return new Policy.Scope(
                kinds, workloads.selector() == null ? LabelSelector.EVERYTHING : selector(workloads.selector()));
    }

    /** One that cannot be read selects everything, with the rank of a selector, since nobody knows whom it leaves out; the policy's problem then holds all of them. */
    private LabelSelector selector(PolicySpec.Selector selector) {
        Map<String, String> labels = selector.matchLabels() == null ? Map.of() : selector.matchLabels();
        List<Requirement> requirements = Stream.concat(
                        labels.entrySet().stream()
                                .<Requirement>map(
                                        label -> new Requirement.In(label.getKey(), Set.of(label.getValue()))),
                        orEmpty(selector.matchExpressions()).stream().map(SpecReader::requirement))
                .toList();
        return parsed(
                        "spec.workloads.selector",
                        requirements.stream().map(Requirement::toString).collect(Collectors.joining(",")),
                        _ -> LabelSelector.of(requirements))
                .orElse(UNREADABLE);
    }

    private static Requirement requirement(PolicySpec.Expression it) {
        Set<String> values = new HashSet<>(orEmpty(it.values()));
        return switch (it.operator()) {
            case IN -> new Requirement.In(it.key(), values);
            case NOT_IN -> new Requirement.NotIn(it.key(), values);
            case EXISTS -> new Requirement.Exists(it.key(), true);
            case DOES_NOT_EXIST -> new Requirement.Exists(it.key(), false);
        };
    }

    private Policy.Requests requests(PolicySpec.Requests requests) {
        PolicySpec.Range none = new PolicySpec.Range(null, null);
        PolicySpec.Range cpu = Objects.requireNonNullElse(requests.cpu(), none);
        PolicySpec.Range memory = Objects.requireNonNullElse(requests.memory(), none);
        PolicySpec.Limits limits =
                Objects.requireNonNullElseGet(requests.limits(), () -> new PolicySpec.Limits(null, null));
        return new Policy.Requests(
                quantity("spec.requests.cpu.min", cpu.min(), MilliCores::parse),
                quantity("spec.requests.cpu.max", cpu.max(), MilliCores::parse),
                quantity("spec.requests.memory.min", memory.min(), Bytes::parse),
                quantity("spec.requests.memory.max", memory.max(), Bytes::parse),
                limit("spec.requests.limits.cpu", limits.cpu(), false),
                limit("spec.requests.limits.memory", limits.memory(), true),
                requests.byHour() != PolicySpec.Auto.OFF,
                requests.startupBoost() != PolicySpec.Auto.OFF);
    }

    private LimitRule limit(String path, @Nullable String text, boolean plusAllowed) {
        if (text == null) return new LimitRule.Ratio();
        if (plusAllowed && text.startsWith(PLUS))
            return this.<LimitRule>parsed(
                            path, text, it -> new LimitRule.Plus(Bytes.parse(it.substring(PLUS.length()))))
                    .orElseGet(LimitRule.Ratio::new);
        return switch (text) {
            case "none" -> new LimitRule.None();
            case "ratio" -> new LimitRule.Ratio();
            case "keep" -> new LimitRule.Keep();
            default -> {
                problem(path, text, "must be none, ratio or keep" + (plusAllowed ? ", or such as plus:256Mi" : ""));
                yield new LimitRule.Ratio();
            }
        };
    }

    private Policy.Replicas replicas(PolicySpec.Replicas replicas) {
        List<Policy.Floor> floors = new ArrayList<>();
        List<PolicySpec.Floor> written = orEmpty(replicas.floors());
        for (int i = 0; i < written.size(); i++) {
            PolicySpec.Floor it = written.get(i);
            String path = "spec.replicas.floors[%d].for".formatted(i);
            floors.add(new Policy.Floor(window(path, it.schedule(), it.length(), it.timezone()), it.min()));
        }
        return new Policy.Replicas(
                optional(replicas.min()),
                optional(replicas.max()),
                replicas.predictive() != PolicySpec.Auto.OFF,
                floors,
                replicas.hpa() == null ? EMPTY.replicas().hpa() : replicas.hpa().rule());
    }

    private Policy.Window window(String path, String schedule, String length, @Nullable String timezone) {
        return new Policy.Window(
                schedule, duration(path, length, Duration.ZERO), Objects.requireNonNullElse(timezone, UTC));
    }

    private Policy.Zero zero(PolicySpec.Zero zero) {
        Optional<Duration> cooldown = zero.cooldown() == null || zero.cooldown().equals("auto")
                ? Optional.empty()
                : Optional.of(duration("spec.zero.cooldown", zero.cooldown(), Duration.ZERO));
        return new Policy.Zero(
                Boolean.TRUE.equals(zero.enabled()),
                cooldown,
                orEmpty(zero.triggers()).stream().map(SpecReader::trigger).toList(),
                orEmpty(zero.sleep()).stream()
                        .map(it -> new SleepWindow(
                                it.schedule(), it.until(), Objects.requireNonNullElse(it.timezone(), UTC)))
                        .toList());
    }

    private static TriggerSpec trigger(PolicySpec.Trigger it) {
        return new TriggerSpec(
                it.type(),
                Optional.ofNullable(it.name()),
                Optional.ofNullable(it.metricType()).map(PolicySpec.MetricType::word),
                it.metadata() == null ? Map.of() : it.metadata(),
                Optional.ofNullable(it.authenticationRef())
                        .map(ref -> new TriggerSpec.AuthenticationRef(
                                ref.name(), ref.kind() == PolicySpec.AuthenticationKind.CLUSTER)));
    }

    private Policy.Acts acts(PolicySpec.Acts acts) {
        Policy.Acts otherwise = Policy.Acts.DEFAULT;
        List<Policy.Window> windows = new ArrayList<>();
        List<PolicySpec.Window> written = orEmpty(acts.windows());
        for (int i = 0; i < written.size(); i++) {
            PolicySpec.Window it = written.get(i);
            windows.add(window("spec.acts.windows[%d].for".formatted(i), it.schedule(), it.length(), it.timezone()));
        }
        return new Policy.Acts(
                windows,
                share("spec.acts.podsPer10Minutes", acts.podsPer10Minutes(), otherwise.podsPer10Minutes()),
                Objects.requireNonNullElse(acts.perWorkloadPerDay(), otherwise.perWorkloadPerDay()),
                duration("spec.acts.minHistory", acts.minHistory(), otherwise.minHistory()),
                Objects.requireNonNullElse(acts.minSavingPerMonth(), BigDecimal.ZERO));
    }

    private double share(String path, @Nullable String text, double otherwise) {
        if (text == null) return otherwise;
        Matcher matcher = PERCENT.matcher(text);
        if (matcher.matches())
            return new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue();
        problem(path, text, "must be a percentage such as 5%");
        return otherwise;
    }

    private Duration duration(String path, @Nullable String text, Duration otherwise) {
        if (text == null) return otherwise;
        Optional<Duration> span = Spans.parse(text);
        if (span.isEmpty()) problem(path, text, "must be a duration such as 5m, 24h or 8d");
        return span.orElse(otherwise);
    }

    private <A> Optional<A> quantity(String path, @Nullable Quantity quantity, Function<String, A> parse) {
        return quantity == null ? Optional.empty() : parsed(path, quantity.toString(), parse);
    }

    private <A> Optional<A> parsed(String path, String text, Function<String, A> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            problem(path, text, "cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void problem(String path, String text, String what) {
        problems.add(new Policy.Problem(path, "(%s) %s".formatted(text, what)));
    }

    private static OptionalInt optional(@Nullable Integer count) {
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private static <A> List<A> orEmpty(@Nullable List<A> list) {
        return list == null ? List.of() : list;
    }
}
