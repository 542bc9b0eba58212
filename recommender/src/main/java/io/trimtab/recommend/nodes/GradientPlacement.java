package io.trimtab.recommend.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Places pods one after the other, each where it adds the least to the {@link Fragmentation} of its node, with three things in the score that the gradient does not see:
 * models that picky pods need, cores that go short before the devices do, and nodes that could stay empty. Of equal places the first node's.
 */
public final class GradientPlacement {
    /** Where a pod lies: the devices of which it has its share, or all. */
    public record Placed(int node, List<Integer> devices) {
        public Placed {
            devices = List.copyOf(devices);
        }
    }

    /** The best devices of a node and what they add; infinite where there are none. */
    private record Option(double adds, int[] devices) {}

    private static final Option NONE = new Option(Double.POSITIVE_INFINITY, new int[0]);
    private static final int FULL_DEVICE = (int) PodGroup.DEVICE_MILLI;

    /** What is free on a node, and what each kind of pod would add as long as nothing changes there. */
    private static final class Place {
        private final String model;
        private long cpuMilli;
        private long memoryBytes;
        private int pods;
        private final int[] deviceMilli;
        private double fragmented;
        private final Map<PodGroup, Option> options = new HashMap<>();

        Place(NodeShape shape) {
            model = shape.devices().model().orElse("");
            cpuMilli = shape.cpu().minusOrZero(shape.daemonCpu()).value();
            memoryBytes = shape.memory().minusOrZero(shape.daemonMemory()).value();
            pods = shape.pods();
            deviceMilli = new int[shape.devices().advertised()];
            Arrays.fill(deviceMilli, FULL_DEVICE);
        }

        double freeDevices() {
            int sum = 0;
            for (int milli : deviceMilli) sum += milli;
            return sum / (double) FULL_DEVICE;
        }

        double freeShare() {
            return deviceMilli.length == 0 ? 0 : freeDevices() / deviceMilli.length;
        }
    }

    /** Weight of a node's free part: of places that are much alike, the fuller node. On Alibaba's lists 0.1 to 1 differ by 0.2 % of the GPUs. */
    private static final double EMPTIER = 0.3;

    private final Fragmentation fragmentation;
    private final Pressure pressure;
    private final double milliPerDevice;
    private final List<Place> places = new ArrayList<>();

    /**
     * @param nodes one shape for each node
     * @param typical pods like those to come
     */
    public GradientPlacement(List<NodeShape> nodes, List<PodGroup> typical) {
        fragmentation = new Fragmentation(typical);
        nodes.forEach(shape -> places.add(new Place(shape)));
        pressure = new Pressure(typical);
        double devices = typical.stream()
                .mapToDouble(pod -> pod.requested().gpu().gpus().doubleValue())
                .sum();
        double milli = typical.stream()
                .filter(pod -> !pod.requested().gpu().isZero())
                .mapToDouble(pod -> pod.requested().cpu().value())
                .sum();
        milliPerDevice = devices == 0 || milli == 0 ? 1 : milli / devices;
        places.forEach(place ->
                place.fragmented = fragmentation.of(place.model, place.cpuMilli, place.memoryBytes, place.deviceMilli));
    }

    /** @param pod one copy of which is placed; its name does not matter */
    public Optional<Placed> place(PodGroup pod) {
        PodGroup kind =
                new PodGroup("", 1, pod.requested(), pod.gpuModels(), pod.hostPort(), pod.priority(), Optional.empty());
        int best = -1;
        Option chosen = NONE;
        double least = Double.MAX_VALUE;
        Map<String, Double> pressure = this.pressure.of(freeByModel());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Option option = place.options.computeIfAbsent(kind, key -> option(key, place));
            if (Double.isInfinite(option.adds)) continue;
            double score = score(kind, place, option, pressure);
            if (score >= least) continue;
            best = i;
            chosen = option;
            least = score;
        }
        if (best < 0) return Optional.empty();
        take(places.get(best), pod, chosen.devices);
        return Optional.of(
                new Placed(best, Arrays.stream(chosen.devices).boxed().toList()));
    }

    /** What a place costs, in devices: use taken from the free ones, the chance that pods of few models need them, cores that go short, and a node opened early. */
    private double score(PodGroup pod, Place place, Option option, Map<String, Double> pressure) {
        double gpus = pod.requested().gpu().value() / (double) FULL_DEVICE;
        double stranded = stranded(place, gpus, pod.requested().cpu().value()) - stranded(place, 0, 0);
        return option.adds / FULL_DEVICE
                + gpus * pressure.getOrDefault(place.model, 0.0)
                + stranded
                + EMPTIER * place.freeShare();
    }

    /** Free devices beyond what the cores that are left suffice for, at what typical pods take of both. */
    private double stranded(Place place, double gpus, long cpuMilli) {
        double free = place.freeDevices() - gpus;
        return Math.max(0, free - (place.cpuMilli - cpuMilli) / milliPerDevice);
    }

    private Map<String, Double> freeByModel() {
        Map<String, Double> free = new HashMap<>();
        places.forEach(place -> free.merge(place.model, place.freeDevices(), Double::sum));
        return free;
    }

    private Option option(PodGroup pod, Place place) {
        boolean room = pod.requested().cpu().value() <= place.cpuMilli
                && pod.requested().memory().value() <= place.memoryBytes
                && place.pods > 0
                && (pod.gpuModels().isEmpty() || pod.gpuModels().contains(place.model));
        if (!room) return NONE;
        if (!pod.wantsShare()) return whole(pod, place);
        Option best = NONE;
        int share = (int) pod.requested().gpu().value();
        for (int device = 0; device < place.deviceMilli.length; device++) {
            if (place.deviceMilli[device] < share || isRepeated(place.deviceMilli, device)) continue;
            int[] devices = {device};
            double adds = adds(pod, place, devices);
            if (adds < best.adds) best = new Option(adds, devices);
        }
        return best;
    }

    /** Devices with as much left are alike. */
    private static boolean isRepeated(int[] deviceMilli, int device) {
        for (int before = 0; before < device; before++) if (deviceMilli[before] == deviceMilli[device]) return true;
        return false;
    }

    private Option whole(PodGroup pod, Place place) {
        int[] devices = new int[pod.wholeDevices()];
        int found = 0;
        for (int device = 0; device < place.deviceMilli.length && found < devices.length; device++)
            if (place.deviceMilli[device] == FULL_DEVICE) devices[found++] = device;
        return found < devices.length ? NONE : new Option(adds(pod, place, devices), devices);
    }

    private double adds(PodGroup pod, Place place, int[] devices) {
        int[] left = place.deviceMilli.clone();
        for (int device : devices) left[device] -= perDevice(pod);
        double after = fragmentation.of(
                place.model,
                place.cpuMilli - pod.requested().cpu().value(),
                place.memoryBytes - pod.requested().memory().value(),
                left);
        return after - place.fragmented;
    }

    private static int perDevice(PodGroup pod) {
        return pod.wantsShare() ? (int) pod.requested().gpu().value() : FULL_DEVICE;
    }

    private void take(Place place, PodGroup pod, int[] devices) {
        place.cpuMilli -= pod.requested().cpu().value();
        place.memoryBytes -= pod.requested().memory().value();
        place.pods--;
        for (int device : devices) place.deviceMilli[device] -= perDevice(pod);
        place.fragmented = fragmentation.of(place.model, place.cpuMilli, place.memoryBytes, place.deviceMilli);
        place.options.clear();
    }
}
