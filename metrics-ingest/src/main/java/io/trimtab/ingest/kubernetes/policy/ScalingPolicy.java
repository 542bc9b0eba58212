package io.trimtab.ingest.kubernetes.policy;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** How workloads of one namespace are treated. */
@Group("trimtab.io")
@Version("v1alpha1")
@Plural("scalingpolicies")
@Singular("scalingpolicy")
@ShortNames("sp")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Workloads",
        jsonPath = ".status.workloads",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Saving",
        jsonPath = ".status.savingPerMonth.now",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class ScalingPolicy extends CustomResource<PolicySpec, PolicyStatusFields> implements Namespaced {
    // A record cannot be made without its fields; both parts come with the object, or not at all.
    @Override
    protected @Nullable PolicySpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable PolicyStatusFields initStatus() {
        return null;
    }
}
