package io.trimtab.service.cli;

import io.trimtab.service.backtest.PackBenchmark;
import io.trimtab.service.config.Durations;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Packs lists of pods onto nodes: each list onto nodes of 96 vCPU, 384 or 192 GiB, and of 96/384 and"
                    + " 128/768 with 8 GPUs, and",
            "onto all machines of the price book at least cost. Prints the nodes, the bound that no packing beats, the"
                    + " gap, and the nodes",
            "of first fit in the Cluster Autoscaler's and Karpenter's order. Checks every packing; nothing but requests"
                    + " counts.",
            "",
            "The lists are the files openb_pod_list_*.csv of the folder (or .csv.gz), with the columns name, cpu_milli,"
                    + " memory_mib,",
            "num_gpu, and gpu_milli (of the one device, where num_gpu is 1); others are left out. With"
                    + " openb_node_list_gpu_node.csv (sn, cpu_milli,",
            "memory_mib, gpu, model) beside them, the pods also arrive one by one at these nodes, on the models of"
                    + " gpu_spec alone, until they have",
            "asked for all GPUs: the part of them that is allocated, for each list."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a packing is not valid", "2:a wrong call, or a file that cannot be read"},
        footer = {"", "Example:", "  trimtab bench pack --data traces/alibaba-gpu-2023 --deadline 5s"})
final class BenchPackCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Where the lists are.")
    private Path data = Path.of("");

    @Option(names = "--deadline", defaultValue = "5s", description = "For each packing (default: ${DEFAULT-VALUE}).")
    private String deadline = "5s";

    @Option(
            names = "--seeds",
            defaultValue = "3",
            description = "Of arrivals at the folder's nodes (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return PackBenchmark.run(data, Durations.parse("--deadline", deadline), seeds, this::say) ? 0 : 1;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
