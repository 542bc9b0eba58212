package io.trimtab.recommend.nodeobjects;

import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Karpenter does not know of the machines that it makes: our price for them, and how many pods share their GPUs. */
final class Overlays {
    /**
     * Labels of NVIDIA's GPU feature discovery.
     *
     * @see "https://github.com/NVIDIA/k8s-device-plugin (shared access to GPUs)"
     */
    private static final String REPLICAS = "nvidia.com/gpu.replicas";

    private static final String COUNT = "nvidia.com/gpu.count";
    private static final String PRODUCT = "nvidia.com/gpu.product";
    private static final String SHARED_PRODUCT = "-SHARED";
    private static final String GPU = "nvidia.com/gpu";
    private static final String SHARED_GPU = "nvidia.com/gpu.shared";
    private static final int MOST_DEVICES = 4096;

    private Overlays() {}

    private record Machine(String pool, String instanceType, CapacityType capacityType) {
        private static final Comparator<Machine> ORDER = Comparator.comparing(Machine::instanceType)
                .thenComparing(Machine::capacityType)
                .thenComparing(Machine::pool);
    }

    private static String pool(Node node) {
        return node.labels().getOrDefault(Node.KARPENTER_POOL, "");
    }

    private static boolean isKarpenters(Node node) {
        return !pool(node).isEmpty() && !node.instanceType().equals(Node.UNKNOWN);
    }

    static List<NodeObject.PriceOverlay> prices(List<Node> nodes, NodeObjects.Prices prices) {
        Map<Machine, NodeObject.PriceOverlay> overlays = new TreeMap<>(Machine.ORDER);
        for (Node node : nodes) {
            if (!isKarpenters(node)) continue;
            prices.listed(node, node.capacityType())
                    .ifPresent(price -> overlays.put(
                            new Machine("", node.instanceType(), node.capacityType()),
                            new NodeObject.PriceOverlay(node.instanceType(), node.capacityType(), price)));
        }
        return List.copyOf(overlays.values());
    }

    /** The least that nodes of a pool and a type have. */
    static List<NodeObject.SharingOverlay> sharing(List<Node> nodes) {
        Map<Machine, NodeObject.SharingOverlay> overlays = new TreeMap<>(Machine.ORDER);
        for (Node node : nodes) {
            if (!isKarpenters(node)) continue;
            shared(node)
                    .ifPresent(overlay -> overlays.merge(
                            new Machine(pool(node), node.instanceType(), CapacityType.ON_DEMAND),
                            overlay,
                            (one, other) -> other.devices() < one.devices() ? other : one));
        }
        return List.copyOf(overlays.values());
    }

    private static Optional<NodeObject.SharingOverlay> shared(Node node) {
        int gpus = number(node, COUNT);
        int each = number(node, REPLICAS);
        if (gpus < 1 || each < 2 || (long) gpus * each > MOST_DEVICES) return Optional.empty();
        // Where the resource keeps its name the product gets another one, so that pods can tell shared devices from
        // whole ones.
        boolean keepsName = node.labels().getOrDefault(PRODUCT, "").endsWith(SHARED_PRODUCT);
        return Optional.of(new NodeObject.SharingOverlay(
                pool(node), node.instanceType(), keepsName ? GPU : SHARED_GPU, gpus, each));
    }

    /** 0 where the label is not there or no number. */
    private static int number(Node node, String label) {
        String text = node.labels().getOrDefault(label, "");
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }
}
