package io.trimtab.cost.tariff;

import io.trimtab.cost.units.Resources;

/**
 * What a price is for.
 *
 * @param instanceType as its provider calls it; may be unknown to every list
 * @param region empty where nobody says, as is the pool
 */
public record Machine(String instanceType, String region, String pool, Resources capacity, boolean spot) {}
