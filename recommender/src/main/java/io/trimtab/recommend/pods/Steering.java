package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.ResourceAmount;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import io.trimtab.recommend.RetuneReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an autoscaler that measures utilisation by the requests of a container leaves of their changes.
 *
 * @param courses a resource without one changes freely
 * @param alone whether no autoscaler measures by any of them, so that a small change moves nothing else
 */
public record Steering(Map<Resource, Course> courses, boolean alone) {
    /** No autoscaler measures by the requests. */
    public static final Steering FREE = new Steering(Map.of(), true);

    /** One does, and has not said anything yet. */
    public static final Steering OPEN = new Steering(Map.of());

    public Steering(Map<Resource, Course> courses) {
        this(courses, false);
    }

    public Steering {
        courses = Map.copyOf(courses);
    }

    /** What becomes of a request that is to change. */
    public sealed interface Course {
        /** It goes so far. */
        record To(ResourceAmount request) implements Course {}

        /** It stays, for this reason. */
        record Stays(RetuneReason why) implements Course {}
    }

    /** Empty where the request stays. */
    Optional<MilliCores> cpu(MilliCores wanted) {
        return amount(new ResourceAmount(Resource.CPU, wanted.value())).map(MilliCores::new);
    }

    /** As {@link #cpu}. */
    Optional<Bytes> memory(Bytes wanted) {
        return amount(new ResourceAmount(Resource.MEMORY, wanted.value())).map(Bytes::new);
    }

    private Optional<Long> amount(ResourceAmount wanted) {
        return switch (courses.getOrDefault(wanted.resource(), new Course.To(wanted))) {
            case Course.To(ResourceAmount request) -> Optional.of(request.value());
            case Course.Stays(RetuneReason _) -> Optional.empty();
        };
    }

    /** What would be asked for, and why it is not. */
    List<Reason> notes(Sizing wanted) {
        List<Reason> notes = new ArrayList<>();
        for (Resource resource : Resource.SIZED) {
            if (!(courses.get(resource) instanceof Course.Stays(RetuneReason why))) continue;
            Optional<PodReason> needed = switch (resource) {
                case CPU -> wanted.cpu().map(cpu -> new PodReason.AutoscalerStandsOnCpu(cpu.target()));
                case MEMORY -> wanted.memory().map(memory -> new PodReason.AutoscalerStandsOnMemory(memory.target()));
                case GPU -> Optional.empty();
            };
            needed.ifPresent(notes::add);
            notes.add(why);
        }
        return notes;
    }
}
