package io.trimtab.ingest.model;

import java.util.Optional;

/**
 * Which taints a pod tolerates.
 *
 * @param key empty for every key
 * @param value empty for every value, which Kubernetes writes as {@code Exists}
 * @param effect empty for every effect
 */
public record Toleration(Optional<String> key, Optional<String> value, Optional<Taint.Effect> effect) {
    public boolean tolerates(Taint taint) {
        return key.filter(it -> !it.equals(taint.key())).isEmpty()
                && value.filter(it -> !it.equals(taint.value())).isEmpty()
                && effect.filter(it -> it != taint.effect()).isEmpty();
    }
}
