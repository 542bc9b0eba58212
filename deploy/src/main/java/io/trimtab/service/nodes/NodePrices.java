package io.trimtab.service.nodes;

import io.trimtab.cost.prices.Price;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.recommend.nodeobjects.NodeObjects;
import io.trimtab.service.view.NodesView.CostView;
import java.math.BigDecimal;
import java.util.Optional;

/** What nodes cost, by the price book. */
record NodePrices(PriceBook book) implements NodeObjects.Prices {
    private static final BigDecimal HOURS_PER_MONTH = BigDecimal.valueOf(730);
    static final String USD = "USD";

    @Override
    public BigDecimal price(Node node, CapacityType as) {
        return found(node, as).perHour();
    }

    @Override
    public Optional<BigDecimal> listed(Node node, CapacityType as) {
        return book.shape(node.instanceType()).flatMap(shape -> switch (as) {
            case ON_DEMAND -> Optional.of(shape.onDemand());
            case SPOT -> shape.spot();
        });
    }

    private Price found(Node node, CapacityType as) {
        return book.price(node.instanceType(), node.capacity(), as == CapacityType.SPOT);
    }

    CostView cost(Node node) {
        Price price = found(node, node.capacityType());
        boolean estimated = switch (price) {
            case Price.Listed listed -> false;
            case Price.EstimatedByFamily family -> true;
            case Price.EstimatedByComponents components -> true;
        };
        return new CostView(price.perHour(), perMonth(price.perHour()), USD, estimated);
    }

    static BigDecimal perMonth(BigDecimal perHour) {
        return perHour.multiply(HOURS_PER_MONTH);
    }
}
