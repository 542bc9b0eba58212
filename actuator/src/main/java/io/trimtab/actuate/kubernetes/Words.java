package io.trimtab.actuate.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.recommend.Recommendation.Hold;
import io.trimtab.recommend.Recommendation.Resize;
import io.trimtab.recommend.Recommendation.Retune;
import io.trimtab.recommend.Recommendation.Scale;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line for each change and each refusal. */
final class Words {
    private static final int UNPROCESSABLE = 422;

    private Words() {}

    static String of(Scale scale) {
        return "%s: replicas %d -> %d".formatted(scale.workload(), scale.from(), scale.to());
    }

    static String of(Resize resize) {
        return "%s container %s".formatted(resize.workload(), changes(resize));
    }

    /** Containers, targets and the minimum in one line. */
    static String of(Retune retune) {
        Stream<String> resizes = retune.resizes().stream().map(resize -> "container " + changes(resize));
        Stream<String> targets = retune.targets().stream()
                .map(target -> "target of autoscaler %s on %s %d %% -> %d %%"
                        .formatted(
                                retune.autoscaler(),
                                RetunedTargets.word(target.resource())
                                        + target.container()
                                                .map(name -> " of " + name)
                                                .orElse(""),
                                target.from(),
                                target.to()));
        Stream<String> minimum = retune.minimum().stream()
                .filter(least -> least.from() != least.to())
                .map(least ->
                        "minimum of autoscaler %s %d -> %d".formatted(retune.autoscaler(), least.from(), least.to()));
        return "%s %s"
                .formatted(
                        retune.workload(),
                        Stream.of(resizes, targets, minimum)
                                .flatMap(parts -> parts)
                                .collect(Collectors.joining("; ")));
    }

    private static String changes(Resize resize) {
        Requirements from = resize.from();
        Requirements to = resize.to();
        List<String> changes = new ArrayList<>();
        change("CPU request", from.cpuRequest(), to.cpuRequest()).ifPresent(changes::add);
        change("CPU limit", from.cpuLimit(), to.cpuLimit()).ifPresent(changes::add);
        change("memory request", from.memoryRequest(), to.memoryRequest()).ifPresent(changes::add);
        change("memory limit", from.memoryLimit(), to.memoryLimit()).ifPresent(changes::add);
        return "%s: %s".formatted(resize.container(), String.join(", ", changes));
    }

    static String of(Hold hold) {
        return "%s of %s stays as it is".formatted(hold.subject(), hold.workload());
    }

    static boolean isGone(KubernetesClientException refusal) {
        return refusal.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** @param resource as RBAC rules name it, such as {@code pods/resize} */
    static String why(KubernetesClientException refusal, String resource) {
        String words = Optional.ofNullable(refusal.getStatus())
                .map(status -> status.getMessage())
                .orElseGet(() -> deepest(refusal))
                .replaceAll("\\s+", " ");
        return switch (refusal.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                "not found (%s); it was deleted, or the cluster does not know %s".formatted(words, resource);
            case HttpURLConnection.HTTP_CONFLICT -> "changed by somebody else meanwhile; the next cycle decides again";
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
                "forbidden (%s); grant patch on %s to Trimtab's service account, or look at the quota or admission rule named"
                        .formatted(words, resource);
            case UNPROCESSABLE -> "invalid (%s); correct the policy's bounds, or exclude the workload".formatted(words);
            case 0, -1 -> "the API server did not answer (%s); check it and the network policy".formatted(words);
            default -> "HTTP %d (%s); look at the API server's log".formatted(refusal.getCode(), words);
        };
    }

    private static String deepest(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) at = at.getCause();
        return String.valueOf(at.getMessage());
    }

    private static Optional<String> change(String what, Optional<?> from, Optional<?> to) {
        if (from.equals(to)) return Optional.empty();
        return Optional.of("%s %s -> %s".formatted(what, shown(from), shown(to)));
    }

    private static String shown(Optional<?> amount) {
        return amount.map(Object::toString).orElse("none");
    }
}
