package io.trimtab.forecast;

import io.trimtab.ingest.model.Resource;
import java.util.Locale;

/** What is asked for; {@code unit} is that of its series. */
public enum DemandKind {
    CPU(Resource.CPU.unit()),
    MEMORY(Resource.MEMORY.unit()),
    GPU(Resource.GPU.unit()),
    /** By a trigger whose query takes a rate. */
    REQUEST_RATE("1/s"),
    /** By any other trigger: what waits, in whatever its source counts. */
    QUEUE_LENGTH("items"),
    /** That a workload asks for, where something scales it. */
    REPLICAS("replicas"),
    SPEND("USD/h");

    private final String unit;

    DemandKind(String unit) {
        this.unit = unit;
    }

    public static DemandKind of(Resource resource) {
        return switch (resource) {
            case CPU -> CPU;
            case MEMORY -> MEMORY;
            case GPU -> GPU;
        };
    }

    public String unit() {
        return unit;
    }

    /** Such as {@code queue_length}, the form of REST and of labels. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
