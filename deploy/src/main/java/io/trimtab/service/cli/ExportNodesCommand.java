package io.trimtab.service.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "nodes",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes the plan for the nodes as YAML of the objects that Cluster Autoscaler, Karpenter and Cluster API"
                    + " read.",
            "Nothing is changed: read it, then apply it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trimtab export nodes -o plan.yaml",
            "  trimtab export nodes --kind CapacityBuffer -o - | kubectl apply --server-side --field-manager=trimtab"
                    + " -f -"
        })
final class ExportNodesCommand implements Callable<Integer> {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "Only objects of it: CapacityBuffer, NodeOverlay, NodePool, Pod, Machine or MachineDeployment.")
    private Optional<String> kind = Optional.empty();

    @Option(
            names = "--requests",
            paramLabel = "WHICH",
            defaultValue = "now",
            description = "What pods are taken to ask for: now or recommended (default: ${DEFAULT-VALUE}).")
    private String requests = "now";

    @Mixin
    private ServedOptions served = new ServedOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("format", "yaml");
        parameters.put("requests", requests);
        kind.ifPresent(one -> parameters.put("kind", one));
        return served.save(spec, "/api/v1/nodes/objects", parameters);
    }
}
