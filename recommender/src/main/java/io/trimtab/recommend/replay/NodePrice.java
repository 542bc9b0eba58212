package io.trimtab.recommend.replay;

import io.trimtab.cost.units.Money;
import io.trimtab.ingest.model.CapacityType;

/** What a node costs. */
@FunctionalInterface
public interface NodePrice {
    /**
     * @param instanceType such as {@code m5.xlarge}
     * @return the price of one node for one hour; one currency for every shape
     */
    Money perHour(String instanceType, CapacityType capacityType);
}
