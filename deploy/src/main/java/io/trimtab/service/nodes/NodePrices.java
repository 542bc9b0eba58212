package io.trimtab.service.nodes;

import io.trimtab.cost.prices.Listing;
import io.trimtab.cost.prices.Price;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.ingest.model.CapacityType;
import io.trimtab.ingest.model.Node;
import io.trimtab.recommend.nodeobjects.NodeObjects;
import io.trimtab.recommend.plan.Machines;
import io.trimtab.service.view.NodesView.CostView;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        return book.price(Machines.of(node, as));
    }

    CostView cost(Node node) {
        Price price = found(node, node.capacityType());
        return switch (price) {
            case Price.Given _ -> cost(price, false, "your prices", null);
            case Price.Listed(BigDecimal _, Listing listing) ->
                cost(price, false, list(listing), listing.date().toString());
            case Price.EstimatedByFamily(BigDecimal _, String like, Listing listing) ->
                cost(
                        price,
                        true,
                        "estimated by %s and its family, %s".formatted(like, list(listing)),
                        listing.date().toString());
            case Price.EstimatedByComponents _ -> cost(price, true, "estimated by cores, memory and GPUs", null);
        };
    }

    private static String list(Listing listing) {
        return "list prices of %s %s".formatted(listing.provider(), listing.region());
    }

    private static CostView cost(Price price, boolean estimated, String source, @Nullable String date) {
        return new CostView(price.perHour(), perMonth(price.perHour()), USD, estimated, source, date);
    }

    static BigDecimal perMonth(BigDecimal perHour) {
        return perHour.multiply(HOURS_PER_MONTH);
    }
}
