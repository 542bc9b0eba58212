package io.trimtab.service.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "focus",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes charges of FOCUS 1.2, the FinOps Foundation's form of bills, of a window of the account.",
            "One for each pod, resource and period, and what is idle on each node; they sum to the bill."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trimtab export focus --window lastmonth -o costs.csv",
            "  trimtab export focus --window 7d --period hour --format parquet -o costs.parquet"
        })
final class ExportFocusCommand implements Callable<Integer> {
    /** What is written. */
    enum Format {
        CSV,
        PARQUET
    }

    /** Of a charge. */
    enum Period {
        DAY,
        HOUR
    }

    @Option(
            names = "--window",
            required = true,
            description = "today, yesterday, week, lastweek, month, lastmonth, a duration back from now (30m, 7d), or"
                    + " two moments (2026-11-01T00:00:00Z,2026-11-08T00:00:00Z); at most 31 days.")
    private String window = "";

    @Option(
            names = "--period",
            defaultValue = "day",
            description = "What a charge is for: day or hour (default: ${DEFAULT-VALUE}).")
    private Period period = Period.DAY;

    @Option(names = "--format", defaultValue = "csv", description = "csv or parquet (default: ${DEFAULT-VALUE}).")
    private Format format = Format.CSV;

    @Mixin
    private ServedOptions served = new ServedOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("window", window);
        parameters.put("period", period.name().toLowerCase(Locale.ROOT));
        parameters.put("format", format.name().toLowerCase(Locale.ROOT));
        return served.save(spec, "/api/v1/costs/focus", parameters);
    }
}
