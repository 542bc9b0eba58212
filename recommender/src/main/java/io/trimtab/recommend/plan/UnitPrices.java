package io.trimtab.recommend.plan;

import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.units.Money;
import io.trimtab.cost.units.Resources;
import io.trimtab.ingest.model.Node;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/** What a core, a GiB and a device cost per hour on average over the cluster's nodes, in USD. */
public record UnitPrices(BigDecimal core, BigDecimal gib, BigDecimal gpu) {
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    public static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(730);

    public static UnitPrices of(List<Node> nodes, Function<Node, BigDecimal> price) {
        ComponentRatio ratio = ComponentRatio.DEFAULT;
        Resources capacity = nodes.stream().map(Node::capacity).reduce(Resources.ZERO, Resources::plus);
        BigDecimal weight = weight(capacity, ratio);
        if (weight.signum() == 0) return new UnitPrices(ratio.cpu(), ratio.memoryGiB(), ratio.gpu());
        BigDecimal sum = nodes.stream().map(price).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal unit = sum.divide(weight, MathContext.DECIMAL64);
        return new UnitPrices(unit.multiply(ratio.cpu()), unit.multiply(ratio.memoryGiB()), unit.multiply(ratio.gpu()));
    }

    private static BigDecimal weight(Resources capacity, ComponentRatio ratio) {
        return capacity.cpu()
                .cores()
                .multiply(ratio.cpu())
                .add(gib(capacity).multiply(ratio.memoryGiB()))
                .add(capacity.gpu().gpus().multiply(ratio.gpu()));
    }

    /** What requests cost an hour. */
    public BigDecimal perHour(Resources requested) {
        return requested
                .cpu()
                .cores()
                .multiply(core)
                .add(gib(requested).multiply(gib))
                .add(requested.gpu().gpus().multiply(gpu));
    }

    /** Costs round up. */
    Money perMonth(Resources requested, int pods) {
        return Money.of(
                perHour(requested).multiply(BigDecimal.valueOf(pods)).multiply(HOURS_PER_MONTH),
                Money.USD,
                RoundingMode.CEILING);
    }

    private static BigDecimal gib(Resources resources) {
        return resources.memory().amount().divide(GIB, MathContext.DECIMAL64);
    }
}
